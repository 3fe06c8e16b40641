import type { PowershellVersionCheck } from '../rule-pack.ts';
import { assessment, textOf, versionReaches, type Assessment, type Fact, type ReadFact } from './facts.ts';

/** Windows PowerShell by the version that its engine writes into the registry: 3.0 and later, else 1.0 or 2.0. */
export function assessPowershellVersion({ minimum }: PowershellVersionCheck, read: ReadFact): Assessment {
  const versionBelow = (line: 1 | 3): Fact => {
    const key = `HKLM:\\SOFTWARE\\Microsoft\\PowerShell\\${line}\\PowerShellEngine`;
    return read({ read: 'RegistryValue', key, name: 'PowerShellVersion' });
  };
  const current = versionBelow(3);
  const fact = current.status === 'missing' ? versionBelow(1) : current;
  if (fact.status === 'error') return assessment('unknown', 'POWERSHELL_UNREADABLE');
  const isReached = versionReaches(textOf(fact), minimum);
  if (isReached === undefined) return assessment('unknown', 'POWERSHELL_NO_VERSION');
  return isReached ? assessment('pass', 'POWERSHELL_REACHED') : assessment('fail', 'POWERSHELL_BELOW');
}
