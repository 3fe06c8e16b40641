import type { PendingRebootCheck } from '../rule-pack.ts';
import type { RuleRead } from '../script-plan.ts';
import type { Kind } from './kind.ts';

/** No restart is pending. */
export const pendingReboot: Kind<'pending-reboot'> = {
  summary: 'No restart is pending after an installation of updates; if asked, no file waits to be exchanged.',
  messagePrefixes: ['REBOOT_'],
  advises: false,
  lower: (check) => ({ command: 'Test-PendingReboot', reads: rebootReads(check), parameters: {} }),
};

const currentVersion = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion';
const sessionManager = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Session Manager';

/** Keys that are there only until the restart, of the servicing stack and of Windows Update; files on request. */
export function rebootReads({ fileRenames = false }: PendingRebootCheck): RuleRead[] {
  const keys = ['Component Based Servicing\\RebootPending', 'WindowsUpdate\\Auto Update\\RebootRequired'];
  const renames: RuleRead = {
    role: 'Renames',
    request: { read: 'RegistryValue', key: sessionManager, name: 'PendingFileRenameOperations' },
    slow: false,
  };
  return [
    ...keys.map((key): RuleRead => {
      return { role: 'Key', request: { read: 'RegistryKey', key: `${currentVersion}\\${key}` }, slow: false };
    }),
    ...(fileRenames ? [renames] : []),
  ];
}
