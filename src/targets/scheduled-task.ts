import { eventList, eventQueries, recordSettings } from './run-events.ts';
import { scriptFolder } from './runner.ts';
import { sentences } from './sentences.ts';
import { freeCodes, lineCharacters, type Target } from './target.ts';
import { registerTask, taskXml, unregisterTask } from './task-files.ts';

/** Windows task scheduler: a task that runs check and report daily. */
export const scheduledTask: Target = {
  id: 'scheduled-task',
  title: { en: 'Scheduled task', ja: 'タスク スケジューラ' },
  when: {
    en: 'No management tool at all: each machine looks at itself every day and keeps a report.',
    ja: '管理ツールがない場合。各コンピューターが毎日自己診断し、レポートを保存します。',
  },
  start: 'powershell.exe -NoProfile -NonInteractive -ExecutionPolicy AllSigned -File report.ps1',
  bitness: { en: '64-bit', ja: '64 ビット' },
  executionPolicy: { en: 'AllSigned, by the task', ja: 'AllSigned (タスクで指定)' },
  timeout: { en: '1 hour, by the task', ja: '1 時間 (タスクで指定)' },
  answer: {
    en: 'Events of the source psmint, "Last Run Result" of the task, and the page below %ProgramData%\\psmint; with -Share also a file on a share.',
    ja: 'イベント ログ (ソース psmint)、タスクの「前回の実行結果」、 %ProgramData%\\psmint 以下のページ (-Share を付けると共有フォルダーにも保存)。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Copy this folder to the machine and run register-task.cmd in it as administrator. It copies the scripts to C:\\Program Files\\psmint, registers the task and starts it once.',
      ja: 'このフォルダーをコンピューターにコピーし、フォルダー内の register-task.cmd を管理者として実行します。スクリプトが C:\\Program Files\\psmint にコピーされ、タスクの登録と初回の実行が行われます。',
    },
    {
      en: 'For a file on a share too, write -Share \\\\server\\psmint behind report.ps1" in the Arguments of task.xml before you register it. The computer account needs write access there: not in a workgroup.',
      ja: '共有フォルダーにも保存する場合は、登録する前に task.xml の Arguments の report.ps1" の後に -Share \\\\server\\psmint を追加します。コンピューター アカウントに書き込みの権限が必要なため、ワークグループでは使用できません。',
    },
    {
      en: 'Look at the task psmint-<pack> in the task scheduler. A new version: the same again.',
      ja: 'タスク スケジューラでタスク psmint-<パック> を確認します。新しいバージョンも同じ手順で更新できます。',
    },
    {
      en: 'To take task and scripts away again, run unregister-task.cmd as administrator. Reports and records stay below %ProgramData%\\psmint.',
      ja: 'タスクとスクリプトを削除するには、unregister-task.cmd を管理者として実行します。レポートと記録は %ProgramData%\\psmint に残ります。',
    },
  ],
  settings: recordSettings,
  events: eventList,
  queries: [
    ...eventQueries,
    {
      title: {
        en: 'Verdicts on the share, counted; then the computers without a pass, and when they answered:',
        ja: '共有フォルダーの判定の集計と、適合していないコンピューターの一覧 (日時付き):',
      },
      language: 'powershell',
      text: [
        "$reports = Get-ChildItem -LiteralPath '\\\\server\\psmint' -Filter *.json | ForEach-Object { Get-Content -Raw -LiteralPath $_.FullName | ConvertFrom-Json }",
        '$reports | Group-Object -Property verdict -NoElement',
        "$reports | Where-Object { $_.verdict -ne 'pass' } | ForEach-Object { '{0} {1} {2}' -f $_.device.name, $_.verdict, $_.endedAt }",
      ].join('\n'),
    },
  ],
  traps: [
    {
      en: 'The task scheduler shows codes in hexadecimal in places: 0xA is fail, 0xB restart pending, 0xC could not tell. 0x1 means that there is no verdict.',
      ja: '終了コードは 16 進で表示されることがあります。0xA は不適合、0xB は再起動待ち、0xC は判定不可、0x1 は判定なしです。',
    },
    {
      en: 'Where AppLocker stops batch files, type the commands of register-task.cmd by hand: copy, then schtasks /create /xml.',
      ja: 'AppLocker でバッチ ファイルが制限されている場合は、register-task.cmd 内のコマンド (コピーと schtasks /create /xml) を手動で実行します。',
    },
    {
      en: 'The task reads only. To repair, run fix-cert.ps1 by hand or make a second task with it.',
      ja: 'タスクは読み取りのみです。修復するには fix-cert.ps1 を手動で実行するか、別のタスクを作成します。',
      withoutFix: null,
    },
  ],
  unconfirmed: [],
  sources: [
    'https://learn.microsoft.com/en-us/windows/win32/taskschd/task-scheduler-schema',
    'https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/schtasks',
  ],
  exitCodes: freeCodes,
  channel: { launch: 'file', keeps: 'nothing', codes: 'exact', state: { in: 'report' }, seesFix: 'next-check' },
  answerCommand: 'Write-ScheduledTaskAnswer',
  signedFile: `${scriptFolder('<pack>')}\\check.ps1`,
  showsTexts: false,
  limits: { answerCharacters: lineCharacters, seconds: 3600 },
  records: true,
  scripts: ['check', 'fix-cert', 'report'],
  companions: (pack) => [taskXml(pack), registerTask(pack), unregisterTask(pack)],
};
