import { escapeHtml } from '../html.ts';
import type { BundleFile, ResolvedPack } from '../script-plan.ts';
import { scriptFolder } from './runner.ts';
import { eventList, eventQueries, recordSettings } from './run-events.ts';
import { sentences } from './sentences.ts';
import { freeCodes, lineCharacters, type Target } from './target.ts';

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
      en: 'Copy check.ps1, fix-cert.ps1, report.ps1 and task.xml to the folder that task.xml names.',
      ja: 'check.ps1、fix-cert.ps1、report.ps1、task.xml を task.xml に記載のフォルダーにコピーします。',
      withoutFix: {
        en: 'Copy check.ps1, report.ps1 and task.xml to the folder that task.xml names.',
        ja: 'check.ps1、report.ps1、task.xml を task.xml に記載のフォルダーにコピーします。',
      },
    },
    {
      en: 'Register it as administrator: Register-ScheduledTask -TaskName psmint -Xml (Get-Content -Raw .\\task.xml)',
      ja: '管理者として登録します: Register-ScheduledTask -TaskName psmint -Xml (Get-Content -Raw .\\task.xml)',
    },
    {
      en: 'Run it once: Start-ScheduledTask -TaskName psmint',
      ja: '1 回実行します: Start-ScheduledTask -TaskName psmint',
    },
    {
      en: 'Take it away again: Unregister-ScheduledTask -TaskName psmint -Confirm:$false',
      ja: '削除する場合: Unregister-ScheduledTask -TaskName psmint -Confirm:$false',
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
      en: 'The task reads only. To repair, run fix-cert.ps1 by hand or make a second task with it.',
      ja: 'タスクは読み取りのみです。修復するには fix-cert.ps1 を手動で実行するか、別のタスクを作成します。',
      withoutFix: null,
    },
  ],
  unconfirmed: [],
  sources: ['https://learn.microsoft.com/en-us/windows/win32/taskschd/task-scheduler-schema'],
  exitCodes: freeCodes,
  channel: { launch: 'file', keeps: 'nothing', codes: 'exact', state: { in: 'report' }, seesFix: 'next-check' },
  answerCommand: 'Write-ScheduledTaskAnswer',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters, seconds: 3600 },
  records: true,
  scripts: ['check', 'fix-cert', 'report'],
  companions: (pack) => [taskXml(pack)],
};

/** Task for Register-ScheduledTask -Xml. Source of the format: task scheduler schema of Windows. */
function taskXml({ pack }: ResolvedPack): BundleFile {
  const folder = scriptFolder(pack.id);
  const xml = [
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '  <RegistrationInfo>',
    `    <Description>${escapeHtml(`psmint ${pack.id} ${pack.version}: reads the machine, writes events and a report`)}</Description>`,
    '  </RegistrationInfo>',
    '  <Triggers>',
    '    <CalendarTrigger>',
    '      <StartBoundary>2024-01-01T12:00:00</StartBoundary>',
    '      <RandomDelay>PT1H</RandomDelay>',
    '      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>',
    '    </CalendarTrigger>',
    '  </Triggers>',
    '  <Principals>',
    '    <Principal id="System"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal>',
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <StartWhenAvailable>true</StartWhenAvailable>',
    '    <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>',
    '  </Settings>',
    '  <Actions Context="System">',
    ...['check', 'report'].flatMap((script) => actionOf(`${folder}\\${script}.ps1`)),
    '  </Actions>',
    '</Task>',
  ];
  return { path: `${pack.id}/scheduled-task/task.xml`, content: Buffer.from(`${xml.join('\r\n')}\r\n`) };
}

function actionOf(path: string): string[] {
  const options = '-NoProfile -NonInteractive -ExecutionPolicy AllSigned';
  return [
    '    <Exec>',
    '      <Command>%SystemRoot%\\System32\\WindowsPowerShell\\v1.0\\powershell.exe</Command>',
    `      <Arguments>${options} -File ${escapeHtml(`"${path}"`)}</Arguments>`,
    '    </Exec>',
  ];
}
