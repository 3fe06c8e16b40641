import { namesUnknown, nothingPublished, sentences } from './sentences.ts';
import { runnerFile } from './runner.ts';
import { lineCharacters, namesOf, ranCodes, yesNoCodes, type Target } from './target.ts';

/** Tanium: a sensor prints, a package repairs. */
export const tanium: Target = {
  id: 'tanium',
  title: { en: 'Tanium', ja: 'Tanium' },
  when: {
    en: 'Tanium manages the machines: a sensor asks all of them at once.',
    ja: 'Tanium で管理している場合。センサーで全台に一度に問い合わせます。',
  },
  start: '',
  bitness: sentences.anyView,
  executionPolicy: sentences.anyPolicy,
  timeout: {
    en: '1 minute for a package unless changed',
    ja: 'パッケージの既定は 1 分',
    withoutFix: sentences.noTimeout,
  },
  answer: { en: 'The answer of the sensor.', ja: 'センサーの回答。' },
  steps: [
    sentences.trustFirst,
    {
      en: 'Administration, Content, Sensors: make a sensor with script type PowerShell, the content of check.ps1, not split into columns, and a maximum age of a day.',
      ja: '「Administration」「Content」「Sensors」でスクリプトの種類 PowerShell、内容 check.ps1、列の分割なし、有効期間 1 日のセンサーを作成します。',
    },
    {
      en: 'Make a package with the file fix-cert.ps1 and the command powershell.exe -NoProfile -NonInteractive -ExecutionPolicy AllSigned -File fix-cert.ps1.',
      ja: 'ファイル fix-cert.ps1 とコマンド powershell.exe -NoProfile -NonInteractive -ExecutionPolicy AllSigned -File fix-cert.ps1 のパッケージを作成します。',
      withoutFix: null,
    },
    {
      en: 'Target the package at machines whose answer contains =fail.',
      ja: '回答に =fail を含むコンピューターにパッケージを配布します。',
      withoutFix: null,
    },
  ],
  queries: [
    {
      title: {
        en: 'Question, where the sensor is called psmint check. Machines that did not answer are not in it.',
        ja: 'センサー名が psmint check の場合の質問。回答のないコンピューターは含まれません。',
      },
      language: 'text',
      text: 'Get Computer Name and psmint check from all machines with psmint check not contains "PSMINT check pass"',
    },
  ],
  traps: [
    sentences.orRunner,
    {
      en: 'Each different answer is stored as a string. The line has no time and no name in it, so a fleet has few.',
      ja: '異なる回答ごとに文字列が保存されます。要約行に日時や名前は含まれないため、種類は少なくなります。',
    },
    sentences.fixIsCertificatesOnly,
    sentences.policyWins,
  ],
  unconfirmed: [
    ...nothingPublished,
    namesUnknown('Administration', 'Content', 'Sensors'),
    {
      en: 'What a code of a sensor does is not published: check always exits with 0 once it ran. fix-cert exits with 0 or 1.',
      ja: 'センサーの終了コードの扱いは公開されていないため、check は実行できれば常に 0、fix-cert は 0 または 1 で終了します。',
      withoutFix: {
        en: 'What a code of a sensor does is not published: check always exits with 0 once it ran.',
        ja: 'センサーの終了コードの扱いは公開されていないため、check は実行できれば常に 0 で終了します。',
      },
    },
  ],
  sources: [
    'https://docs.tanium.com/platform_user/platform_user/authoring_sensors_string_limits.html',
    'https://docs.tanium.com/platform_user/platform_user/authoring_sensors.html',
    'https://docs.tanium.com/platform_user/platform_user/authoring_packages.html',
  ],
  exitCodes: ranCodes,
  scriptExitCodes: { 'fix-cert': yesNoCodes },
  channel: { launch: 'unconfirmed', keeps: 'all', codes: 'ignored', state: { in: 'line' }, seesFix: 'next-check' },
  answerCommand: 'Write-TaniumAnswer',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters, seconds: 60 },
  scripts: ['check', 'fix-cert'],
  companions: (pack, scripts) => [runnerFile(pack, 'tanium', namesOf(scripts))],
};
