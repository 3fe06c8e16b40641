import type { Setting } from './target.ts';

/** Settings of a remediation, as device-health-script.json has them. */
// Behaviour of the signature check: https://learn.microsoft.com/en-us/intune/device-management/tools/deploy-remediations
export const graphSettings: readonly Setting[] = [
  {
    name: 'runAsAccount',
    value: 'system',
    why: {
      en: 'fix-cert needs the rights of SYSTEM to add a certificate to the machine store.',
      ja: 'fix-cert がコンピューターの証明書ストアに追加するには SYSTEM 権限が必要です。',
      withoutFix: {
        en: 'As the logged-on user the script could not read everything, and would say "could not tell".',
        ja: 'ログオン ユーザーでは読み取れない項目があり、「判定不可」になることがあります。',
      },
    },
  },
  {
    name: 'runAs32Bit',
    value: 'false',
    why: {
      en: 'The portal starts scripts in 32-bit PowerShell unless you change it.',
      ja: 'ポータルの既定は 32 ビットの PowerShell です。',
    },
  },
  {
    name: 'enforceSignatureCheck',
    value: 'false',
    why: {
      en:
        'The scripts are signed all the same. With the check enforced the execution policy of the device decides, and that of a Windows client is Restricted unless somebody set it: no script would run, on any device, and nothing would be reported. ' +
        'Turn it on once the devices have RemoteSigned or AllSigned, the signer in Trusted Publishers and its root in Trusted Root (folder trust), and look at a pilot group first.',
      ja:
        'false でもスクリプトは署名されています。署名チェックを強制するとデバイスの実行ポリシーに従いますが、Windows クライアントの既定は Restricted のため、設定を変更していないデバイスではスクリプトが実行されず、結果も報告されません。' +
        'デバイスの実行ポリシーを RemoteSigned または AllSigned にし、署名者を「信頼された発行元」、そのルートを「信頼されたルート証明機関」に登録した後 (trust フォルダー)、パイロット グループで確認してから true にしてください。',
    },
  },
];
