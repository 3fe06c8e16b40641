import { sentences } from './sentences.ts';
import { ranCodes, type Target } from './target.ts';

/** Configuration Manager, Run Scripts: an object becomes JSON of at most 4 KB. */
export const configmgrRunScript: Target = {
  id: 'configmgr-run-script',
  title: { en: 'Configuration Manager: Run Scripts', ja: 'Configuration Manager: スクリプトの実行' },
  when: {
    en: 'Configuration Manager, and you want to know it of a few machines or a collection right now.',
    ja: 'Configuration Manager で、数台またはコレクションの状態を今すぐ確認したい場合。',
  },
  start: '',
  bitness: sentences.anyView,
  executionPolicy: {
    en: 'client setting "PowerShell execution policy"; All Signed is the default',
    ja: 'クライアント設定「PowerShell 実行ポリシー」(既定は All Signed)',
  },
  timeout: { en: 'a script has 1 hour to start', ja: '開始までの猶予は 1 時間' },
  answer: {
    en: 'Script Status: the fields Verdict and Summary.',
    ja: '「スクリプトの状態」のフィールド Verdict と Summary。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Software Library, Scripts, Create Script, Import: check.ps1 and fix-cert.ps1. Set no parameters.',
      ja: '「ソフトウェア ライブラリ」「スクリプト」「スクリプトの作成」「インポート」で check.ps1 と fix-cert.ps1 を登録します。パラメーターは設定しません。',
      withoutFix: {
        en: 'Software Library, Scripts, Create Script, Import: check.ps1. Set no parameters.',
        ja: '「ソフトウェア ライブラリ」「スクリプト」「スクリプトの作成」「インポート」で check.ps1 を登録します。パラメーターは設定しません。',
      },
    },
    {
      en: 'Another administrator approves them: Scripts, Approve/Deny.',
      ja: '別の管理者が「スクリプト」の「承認/拒否」で承認します。',
      withoutFix: {
        en: 'Another administrator approves it: Scripts, Approve/Deny.',
        ja: '別の管理者が「スクリプト」の「承認/拒否」で承認します。',
      },
    },
    {
      en: 'Assets and Compliance, Device Collections, a collection, Run Script. Monitoring, Script Status shows the answers.',
      ja: '「資産とコンプライアンス」「デバイス コレクション」のコレクションで「スクリプトの実行」を選び、「監視」「スクリプトの状態」で結果を確認します。',
    },
  ],
  queries: [
    {
      title: {
        en: 'Computers that answered anything but pass, in the database of the site (SQL Server 2016 or later). NAME is the name of the script. Computers that never answered are not in it.',
        ja: 'pass 以外のコンピューター (サイト データベース、SQL Server 2016 以降)。NAME はスクリプトの名前です。未回答のコンピューターは含まれません。',
      },
      language: 'sql',
      text: [
        'with Answer as (',
        '  select DeviceName, LastUpdateTime,',
        "    case when isjson(ScriptOutput) = 1 then json_value(ScriptOutput, '$.Verdict') end as Verdict,",
        "    case when isjson(ScriptOutput) = 1 then json_value(ScriptOutput, '$.Summary') else ScriptOutput end as Summary,",
        '    row_number() over (partition by ResourceId order by LastUpdateTime desc) as Age',
        "  from vSMS_ScriptsExecutionStatus where ScriptName = 'NAME')",
        "select DeviceName, isnull(Verdict, 'no answer') as Verdict, Summary, LastUpdateTime",
        "from Answer where Age = 1 and isnull(Verdict, '') <> 'pass' order by Verdict, DeviceName",
      ].join('\n'),
    },
    {
      title: {
        en: 'CMPivot, without a script: build and revision of Windows on the computers that are on.',
        ja: 'CMPivot (スクリプト不要): 電源の入っているコンピューターの Windows のビルドとリビジョン。',
      },
      language: 'kusto',
      text: "Registry('HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion') | where Property == 'CurrentBuildNumber' or Property == 'UBR' | project Device, Property, Value",
    },
    {
      title: {
        en: 'CMPivot: the computers that hold a certificate in one of the places of the store Root. THUMBPRINT stands in the guide. A computer without rows may get it by Group Policy: check.ps1 looks there too.',
        ja: 'CMPivot: 証明書がストア Root にあるコンピューター。THUMBPRINT はガイドに記載の拇印です。行がない場合もグループ ポリシーで配布されていることがあります (check.ps1 はそこも確認します)。',
      },
      language: 'kusto',
      text: ['Root', 'AuthRoot']
        .map(
          (store) =>
            `Registry('HKLM:\\SOFTWARE\\Microsoft\\SystemCertificates\\${store}\\Certificates\\THUMBPRINT') | project Device, Property`,
        )
        .join('\n'),
    },
  ],
  traps: [
    {
      en: 'Code 0 says that the script ran; the state is the field Verdict.',
      ja: 'コード 0 はスクリプトが実行されたことを示します。状態は Verdict で確認します。',
    },
    {
      en: 'The author cannot approve his own script unless the hierarchy setting "Script authors require additional script approver" is off.',
      ja: '階層の設定 (Script authors require additional script approver) が有効な場合、作成者は自分のスクリプトを承認できません。',
    },
    {
      en: 'A virus scanner may hold %windir%\\CCM\\ScriptStore: exclude it as Microsoft says.',
      ja: 'ウイルス対策ソフトが %windir%\\CCM\\ScriptStore を妨げることがあります。Microsoft の案内に従って除外してください。',
    },
  ],
  unconfirmed: [
    sentences.startUnknown,
    sentences.bitnessUnknown,
    sentences.bytesUnknown,
    {
      en: 'What is shown of the output when a script exits with another code than 0 is not documented: it always exits with 0.',
      ja: '0 以外のコードで終了した場合に出力が表示されるかどうかは資料で確認できないため、常にコード 0 で終了します。',
    },
    {
      en: 'Microsoft does not document the database view vSMS_ScriptsExecutionStatus. The names in the query are those that administrators use in public; the view is said to keep 4,000 characters of an answer.',
      ja: 'データベース ビュー vSMS_ScriptsExecutionStatus の公式資料はありません。クエリの列名は公開されている使用例によるもので、保存される結果は 4,000 文字までとされています。',
    },
    sentences.japaneseNames,
  ],
  sources: [
    'https://learn.microsoft.com/en-us/intune/configmgr/apps/deploy-use/create-deploy-scripts',
    'https://learn.microsoft.com/en-us/intune/configmgr/core/servers/manage/cmpivot',
  ],
  exitCodes: ranCodes,
  channel: {
    launch: 'unconfirmed',
    keeps: 'objects',
    codes: 'ignored',
    state: { in: 'json', field: 'Verdict' },
    seesFix: 'answer',
  },
  answerCommand: 'Write-ConfigmgrRunScriptAnswer',
  showsTexts: false,
  limits: { answerCharacters: 4096 },
  scripts: ['check', 'fix-cert'],
  companions: () => [],
};
