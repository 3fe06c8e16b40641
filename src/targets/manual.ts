import { scriptNames } from '../script-plan.ts';
import { freeCodes, lineCharacters, type Target } from './target.ts';

/** A person starts the script by hand in a console. */
export const manual: Target = {
  id: 'manual',
  title: { en: 'By hand in PowerShell', ja: 'PowerShell で手動実行' },
  when: {
    en: 'You sit at the machine, or have a remote session: a look at one machine, a report for a customer.',
    ja: 'コンピューターの前またはリモート接続で、1 台を確認したり、お客様へのレポートを作成したりする場合。',
  },
  start: 'powershell.exe -NoProfile -ExecutionPolicy AllSigned -File .\\check.ps1',
  bitness: {
    en: 'the host that was started; every read uses the 64-bit view',
    ja: '起動したホストに従う (読み取りは常に 64 ビット側)',
  },
  executionPolicy: {
    en: 'RemoteSigned and AllSigned run the script once its signer is in Trusted Publishers; a Group Policy wins over -ExecutionPolicy.',
    ja: '署名者を「信頼された発行元」に登録すると RemoteSigned と AllSigned で実行できます。グループ ポリシーの設定は -ExecutionPolicy より優先されます。',
  },
  timeout: { en: 'none', ja: 'なし' },
  answer: {
    en: 'A table in your language on the console; the last line is the same summary that tools read.',
    ja: 'コンソールに結果の表を表示します。最後の行はツール向けの要約です。',
  },
  steps: [
    {
      en: 'Copy the three scripts to the machine as files; do not paste them.',
      ja: '3 つのスクリプトをファイルのままコピーします (貼り付けはしないでください)。',
      withoutFix: {
        en: 'Copy the scripts to the machine as files; do not paste them.',
        ja: 'スクリプトをファイルのままコピーします (貼り付けはしないでください)。',
      },
    },
    { en: 'Open PowerShell with "Run as administrator".', ja: 'PowerShell を「管理者として実行」で起動します。' },
    { en: 'Run check.ps1 and read the table.', ja: 'check.ps1 を実行し、結果の表を確認します。' },
    {
      en: 'Where the root certificate is missing, run fix-cert.ps1 (first with -WhatIf if you like), then check.ps1 again.',
      ja: 'ルート証明書がない場合は fix-cert.ps1 を実行し (事前に -WhatIf で確認できます)、もう一度 check.ps1 を実行します。',
      withoutFix: null,
    },
    {
      en: 'Run report.ps1 for a page that can be handed to a customer.',
      ja: 'お客様に渡せるレポートが必要な場合は report.ps1 を実行します。',
    },
  ],
  traps: [
    {
      en: 'A script that came by download or mail carries a mark of the web: RemoteSigned then asks for a trusted signer.',
      ja: 'ダウンロードやメールで受け取ったスクリプトには Web のマークが付き、RemoteSigned では信頼された署名者が必要になります。',
    },
    {
      en: 'Exit code 1 means that PowerShell did not run the script; no verdict was given.',
      ja: '終了コード 1 は、PowerShell がスクリプトを実行できなかったことを示します (判定なし)。',
    },
  ],
  unconfirmed: [],
  sources: [
    'https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_execution_policies',
  ],
  exitCodes: freeCodes,
  channel: { launch: 'file', keeps: 'all', codes: 'exact', state: { in: 'line' }, seesFix: 'answer' },
  answerCommand: 'Write-ManualAnswer',
  signedFile: '.\\check.ps1',
  showsTexts: true,
  limits: { answerCharacters: lineCharacters },
  scripts: scriptNames,
  companions: () => [],
};
