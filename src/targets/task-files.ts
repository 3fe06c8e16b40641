import { escapeHtml } from '../html.ts';
import type { BundleFile, ResolvedPack } from '../script-plan.ts';
import { scriptFolder } from './runner.ts';

const schtasks = '"%SystemRoot%\\System32\\schtasks.exe"';

/** `register-task.cmd`: copies the signed scripts to where only administrators write, registers the task and starts it once. */
export function registerTask({ pack }: ResolvedPack): BundleFile {
  const folder = scriptFolder(pack.id);
  return commandFile(pack.id, 'register-task.cmd', [
    `if not exist "${folder}\\" mkdir "${folder}" || exit /b 1`,
    `copy /y /b "%~dp0*.ps1" "${folder}\\" >nul || exit /b 1`,
    `${schtasks} /create /tn "${taskName(pack.id)}" /xml "%~dp0task.xml" /f || exit /b 1`,
    `${schtasks} /run /tn "${taskName(pack.id)}"`,
  ]);
}

/** `unregister-task.cmd`: takes the task and the scripts away; what they wrote stays. */
export function unregisterTask({ pack }: ResolvedPack): BundleFile {
  const folder = scriptFolder(pack.id);
  return commandFile(pack.id, 'unregister-task.cmd', [
    `${schtasks} /delete /tn "${taskName(pack.id)}" /f || exit /b 1`,
    `if exist "${folder}\\" rmdir /s /q "${folder}"`,
  ]);
}

// Batch files run under every execution policy; nothing in them is told to anybody but by Windows, in its own language.
function commandFile(packId: string, name: string, commands: readonly string[]): BundleFile {
  const lines = ['@echo off', 'rem Run as administrator.', 'setlocal', ...commands];
  return { path: `${packId}/scheduled-task/${name}`, content: Buffer.from(`${lines.join('\r\n')}\r\n`) };
}

const taskName = (packId: string): string => `psmint-${packId}`;

/** Task for schtasks /xml and Register-ScheduledTask -Xml. Source of the format: task scheduler schema of Windows. */
export function taskXml({ pack }: ResolvedPack): BundleFile {
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
