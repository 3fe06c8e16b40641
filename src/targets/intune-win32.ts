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
      en: 'As a requirement of another app: Requirements, Add, Script: check.ps1, 32-bit no, logged-on credentials no, output data type String, operator Equals, value pass.',
      ja: '他のアプリの要件として使用する場合:「要件」「追加」「スクリプト」で check.ps1、32 ビット「いいえ」、ログオンした資格情報「いいえ」、出力データ型「文字列」、演算子「等しい」、値 pass。',
    },
    {
      en: 'As a repair: pack the folder into an .intunewin file, install command: powershell.exe -NoProfile -NonInteractive -ExecutionPolicy AllSigned -File fix-cert.ps1; uninstall command the same with -Rollback; detection: check.ps1 as a custom script.',
      ja: '修復として使用する場合: フォルダーを .intunewin にし、インストール コマンドを powershell.exe -NoProfile -NonInteractive -ExecutionPolicy AllSigned -File fix-cert.ps1、アンインストール コマンドを同じコマンドに -Rollback を付けたもの、検出規則をカスタム スクリプト check.ps1 にします。',
      withoutFix: null,
    },
    sentences.pilot,
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
      en: 'The pages of Microsoft ask for a BOM in one place and forbid it in another. The scripts are ASCII without BOM, which suits both.',
      ja: 'BOM の要否は Microsoft の資料により異なります。スクリプトは BOM なしの ASCII のため、どちらでも問題ありません。',
    },
  ],
  sources: ['https://learn.microsoft.com/en-us/mem/intune/apps/apps-win32-add'],
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
  companions: () => [],
};
