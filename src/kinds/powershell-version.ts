import type { RuleRead } from '../script-plan.ts';
import type { Kind } from './kind.ts';

/** Windows PowerShell has a minimum version, whatever PowerShell runs the script. */
export const powershellVersion: Kind<'powershell-version'> = {
  summary: 'Windows PowerShell has a minimum version, whatever PowerShell runs the script.',
  messagePrefixes: ['POWERSHELL_'],
  advises: false,
  lower: ({ minimum }) => ({
    command: 'Test-PowershellVersion',
    // 3.0 to 5.1 write their version below 3; 1.0 and 2.0 below 1, where 2.0 stays when a later one is installed.
    reads: [engineValue('Version', 3), engineValue('OldVersion', 1)],
    parameters: { Minimum: minimum },
  }),
};

function engineValue(role: string, line: number): RuleRead {
  const key = `HKLM:\\SOFTWARE\\Microsoft\\PowerShell\\${line}\\PowerShellEngine`;
  return { role, request: { read: 'RegistryValue', key, name: 'PowerShellVersion' }, slow: false };
}
