import type { BundleFile, ResolvedPack, VerifiedScript } from '../script-plan.ts';
import { graphFiles, startSettings, type GraphBody, type ScriptRule } from './intune-upload.ts';
import { sentences } from './sentences.ts';
import { lineCharacters, yesNoCodes, type Target } from './target.ts';

/** Intune Win32 app: check as detection or requirement, fix-cert as the install command. */
export const intuneWin32: Target = {
  id: 'intune-win32',
  title: { en: 'Intune Win32 app', ja: 'Intune Win32 アプリ' },
  when: {
    en: 'Intune without a licence for remediations, or an app (the agent itself) that only fit devices shall get.',
    ja: '修復のライセンスがない Intune、または要件を満たすデバイスにのみアプリ (エージェント本体など) を配布する場合。',
    withoutFix: {
      en: 'An app (the agent itself, for example) that only fit devices shall get.',
      ja: '要件を満たすデバイスにのみアプリ (エージェント本体など) を配布する場合。',
    },
  },
  start: '',
  bitness: { en: '64-bit unless changed', ja: '既定は 64 ビット' },
  executionPolicy: {
    en: 'Bypass; with the signature check enforced an unsigned or untrusted script never runs',
    ja: 'Bypass。署名チェックを強制すると、信頼されていないスクリプトは実行されません',
  },
  timeout: { en: '60 minutes', ja: '60 分' },
  answer: {
    en: 'Detected or not detected, requirement met or not met; nothing else is shown.',
    ja: '検出済み / 未検出、要件を満たす / 満たさない のみ。その他は表示されません。',
    withoutFix: {
      en: 'Requirement met or not met; nothing else is shown.',
      ja: '要件を満たす / 満たさない のみ。その他は表示されません。',
    },
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'As a requirement of another app: Requirements, Configure additional requirement rules, Add, Script: check.ps1, 32-bit no, logged on credentials no, signature check no, output data type String, operator Equals, value pass.',
      ja: '他のアプリの要件として使用する場合:「要件」の追加の要件規則で「追加」「スクリプト」を選び、check.ps1、32 ビット「いいえ」、ログオンした資格情報「いいえ」、署名チェック「いいえ」、出力データ型「文字列」、演算子「等しい」、値 pass。',
    },
    {
      en: 'As a repair: pack the folder into an .intunewin file, install command: powershell.exe -NoProfile -NonInteractive -ExecutionPolicy AllSigned -File fix-cert.ps1; uninstall command the same with -Rollback; detection: check.ps1 as a custom script.',
      ja: '修復として使用する場合: フォルダーを .intunewin にし、インストール コマンドを powershell.exe -NoProfile -NonInteractive -ExecutionPolicy AllSigned -File fix-cert.ps1、アンインストール コマンドを同じコマンドに -Rollback を付けたもの、検出規則をカスタム スクリプト check.ps1 にします。',
      withoutFix: null,
    },
    {
      en: 'Requirement through Graph: win32-lob-app-requirement-rule.json is one entry for the list "rules" of the app. Read the app (query below), add the entry to the rules that it has, and send the whole list back in your tool for Graph. upload.sh refuses this file, because sent alone it would take away the detection of the app.',
      ja: 'Graph で要件を設定する場合: win32-lob-app-requirement-rule.json はアプリの "rules" リストの 1 項目です。アプリの内容を取得し (下記のクエリ)、現在の規則にこの項目を加え、リスト全体を Graph のツールで送信してください。この項目だけを送信すると検出規則が失われるため、upload.sh では送信できません。',
      withoutFix: {
        en: 'Requirement through Graph: win32-lob-app-requirement-rule.json is one entry for the list "rules" of the app. Read the app (query below), add the entry to the rules that it has, and send the whole list back in your tool for Graph. Sent alone it would take away the detection of the app.',
        ja: 'Graph で要件を設定する場合: win32-lob-app-requirement-rule.json はアプリの "rules" リストの 1 項目です。アプリの内容を取得し (下記のクエリ)、現在の規則にこの項目を加え、リスト全体を Graph のツールで送信してください。この項目だけを送信すると検出規則が失われます。',
      },
    },
    {
      en: 'Detection of the repair through Graph: the app is there already (its .intunewin file needs packaging). sh upload.sh win32-lob-app-detection.json <id of the app> replaces all rules of the app by check.ps1 as its detection, the signed text to the byte. It needs sh and curl (Linux, macOS, WSL, Git Bash), and a token for Microsoft Graph with the permission DeviceManagementApps.ReadWrite.All in the environment variable GRAPH_TOKEN, set without showing it: read -rs GRAPH_TOKEN; export GRAPH_TOKEN. It assigns nothing.',
      ja: 'Graph で修復アプリの検出規則を設定する場合: アプリは作成済みである必要があります (.intunewin のパッケージ化が必要なため)。sh upload.sh win32-lob-app-detection.json <アプリの ID> を実行すると、アプリの規則がすべて check.ps1 による検出規則に置き換わります (署名済みの内容がそのまま登録されます)。sh と curl (Linux、macOS、WSL、Git Bash) が必要です。DeviceManagementApps.ReadWrite.All のアクセス許可を持つ Microsoft Graph のトークンを、画面に表示せずに環境変数 GRAPH_TOKEN に設定してください (read -rs GRAPH_TOKEN; export GRAPH_TOKEN)。割り当ては行いません。',
      withoutFix: null,
    },
    sentences.pilot,
  ],
  queries: [
    {
      title: {
        en: 'The app with its rules. ID: the last part of the address of the app in the portal.',
        ja: 'アプリとその規則。ID はポータルでアプリを開いたときの URL に含まれます。',
      },
      language: 'http',
      text: 'GET https://graph.microsoft.com/beta/deviceAppManagement/mobileApps/ID',
    },
  ],
  traps: [
    {
      en: 'Detected means pass, and only that: check.ps1 prints the one word pass and exits with 0. Everything else exits with 1; the line is in the log of the device.',
      ja: '検出済みになるのは pass の場合だけです (check.ps1 は pass の 1 語を出力してコード 0)。その他はすべてコード 1 で、要約行はデバイスのログに残ります。',
      withoutFix: {
        en: 'Met means pass, and only that: check.ps1 prints the one word pass and exits with 0. Everything else exits with 1; the line is in the log of the device.',
        ja: '要件を満たすのは pass の場合だけです (check.ps1 は pass の 1 語を出力してコード 0)。その他はすべてコード 1 で、要約行はデバイスのログに残ります。',
      },
    },
    {
      en: 'As a repair it cannot become "installed" on a device that lacks a Windows update: fix-cert adds certificates only, and Intune tries again and again.',
      ja: 'Windows 更新プログラムが不足しているデバイスは「インストール済み」になりません。fix-cert が追加するのは証明書だけで、Intune は再試行を繰り返します。',
      withoutFix: null,
    },
    {
      en: 'A detection script that may not run counts as "not detected", so the install command runs; fix-cert reads again and changes nothing unless it can tell.',
      ja: '検出スクリプトを実行できない場合も「未検出」となりインストールが実行されますが、fix-cert は再判定し、確実な場合にのみ変更します。',
      withoutFix: {
        en: 'A requirement script that may not run counts as "not met": the app is not offered.',
        ja: '要件スクリプトを実行できない場合も「要件を満たさない」となり、アプリは配布されません。',
      },
    },
  ],
  unconfirmed: [
    sentences.startUnknown,
    {
      en: 'Graph documents the update of a Win32 app and its list "rules", but not whether a list that is sent replaces the old one, or what happens to an app whose rules were made as detectionRules and requirementRules. Take it that all are replaced, and look at the rules of the app in the portal afterwards.',
      ja: 'Graph の資料には Win32 アプリの更新と "rules" の記載がありますが、送信したリストが既存の規則を置き換えるか、また detectionRules / requirementRules として作成された規則がどうなるかは確認できません。すべて置き換わるものと考え、送信後にポータルでアプリの規則を確認してください。',
    },
    {
      en: 'The pages of Microsoft ask for a BOM in one place and forbid it in another. The scripts are ASCII without BOM, which suits both.',
      ja: 'BOM の要否は Microsoft の資料により異なります。スクリプトは BOM なしの ASCII のため、どちらでも問題ありません。',
    },
    sentences.japaneseNames,
  ],
  sources: [
    'https://learn.microsoft.com/en-us/mem/intune/apps/apps-win32-add',
    'https://learn.microsoft.com/en-us/graph/api/intune-apps-win32lobapp-update?view=graph-rest-beta',
    'https://learn.microsoft.com/en-us/graph/api/resources/intune-apps-win32lobapppowershellscriptrule?view=graph-rest-beta',
  ],
  exitCodes: yesNoCodes,
  channel: {
    launch: 'unconfirmed',
    keeps: 'all',
    codes: 'zero-or-not',
    state: { in: 'code' },
    seesFix: 'next-check',
  },
  answerCommand: 'Write-IntuneWin32Answer',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters, seconds: 3600 },
  scripts: ['check', 'fix-cert'],
  companions: appRules,
};

/**
 * The requirement as one rule, and where there is a repair the body of a PATCH that makes check.ps1 its detection.
 * Source: Microsoft Graph, resource win32LobAppPowerShellScriptRule (a detection names no account, words or values).
 */
function appRules(pack: ResolvedPack, scripts: readonly VerifiedScript[]): readonly BundleFile[] {
  const check = scripts.find(({ plan }) => plan.script === 'check');
  if (check === undefined) return [];
  const { runAsAccount, enforceSignatureCheck, runAs32Bit } = startSettings;
  const script = {
    '@odata.type': '#microsoft.graph.win32LobAppPowerShellScriptRule',
    enforceSignatureCheck,
    runAs32Bit,
    scriptContent: check.bytes.toString('base64'),
  } as const;
  const requirement: ScriptRule = {
    ...script,
    ruleType: 'requirement',
    displayName: pack.pack.title.en,
    runAsAccount,
    operationType: 'string',
    operator: 'equal',
    comparisonValue: 'pass',
  };
  const rule: BundleFile = {
    path: `${pack.pack.id}/intune-win32/win32-lob-app-requirement-rule.json`,
    content: Buffer.from(`${JSON.stringify(requirement, null, 2)}\n`),
  };
  if (!scripts.some(({ plan }) => plan.script === 'fix-cert')) return [rule];
  const detection: ScriptRule = {
    ...script,
    ruleType: 'detection',
    operationType: 'notConfigured',
    operator: 'notConfigured',
  };
  const app: GraphBody<'mobileApps'> = { '@odata.type': '#microsoft.graph.win32LobApp', rules: [detection] };
  return [rule, ...graphFiles(pack, 'intune-win32', 'mobileApps', { 'win32-lob-app-detection.json': app })];
}
