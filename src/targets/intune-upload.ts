import type { LocalizedText } from '../rule-pack.ts';
import { languages, type BundleFile, type ResolvedPack } from '../script-plan.ts';
import type { Target } from './target.ts';

/** `upload.en.md`, `upload.ja.md`: what an admin reads before he puts the scripts into Intune. */
export function uploadInstructions(target: Target, { pack }: ResolvedPack): BundleFile[] {
  return languages.map((language) => {
    const section = (title: LocalizedText, lines: readonly string[]): string[] => [
      `## ${title[language]}`,
      '',
      ...lines,
      '',
    ];
    const lines = [
      `# ${target.title[language]}: ${pack.title[language].replaceAll(/\s+/g, ' ')}`,
      '',
      `${pack.id} ${pack.version}`,
      '',
      ...section(
        titles.steps,
        target.steps.map((step, index) => `${index + 1}. ${step[language]}`),
      ),
      ...section(
        titles.settings,
        settings.map(({ name, value, why }) => `- \`${name}\`: \`${value}\`. ${why[language]}`),
      ),
      ...section(
        titles.answer,
        [target.answer, ...target.traps].map((text) => `- ${text[language]}`),
      ),
    ];
    return { path: `${pack.id}/${target.id}/upload.${language}.md`, content: Buffer.from(lines.join('\n')) };
  });
}

const titles = {
  steps: { en: 'Steps', ja: '手順' },
  settings: { en: 'Settings, as device-health-script.json has them', ja: '設定 (device-health-script.json の値)' },
  answer: { en: 'Reading the result', ja: '結果の見方' },
};

// Behaviour of the signature check: https://learn.microsoft.com/en-us/intune/device-management/tools/deploy-remediations
const settings = [
  {
    name: 'runAsAccount',
    value: 'system',
    why: {
      en: 'fix-cert needs the rights of SYSTEM to add a certificate to the machine store.',
      ja: 'fix-cert がコンピューターの証明書ストアに追加するには SYSTEM 権限が必要です。',
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
