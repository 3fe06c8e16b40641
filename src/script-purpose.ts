import type { RepairTool } from './rule-pack.ts';
import type { ScriptPlan, SignedScriptName } from './script-plan.ts';

const purposes: { readonly [script in SignedScriptName]: string } = {
  check: 'Reads only: this script holds no code that could change the machine. It writes a file only with -ReportPath.',
  'fix-cert':
    'Adds missing certificates of the pack to their LocalMachine store, and nothing else. -WhatIf shows what it would do,\n# -Rollback removes exactly what it added.',
  report: 'Reads the machine and writes a report (JSON, HTML, CSV) into a folder; it changes nothing else.',
  'install-trust':
    'Adds the certificates of the signer to the LocalMachine stores named below, and nothing else. For use by hand, as\n# administrator; for many machines use Group Policy or Intune instead. -WhatIf changes nothing.',
};

/** What the head of a script says that it does; lines of a comment. */
export function purposeOf({ script, answerLeaves, tools }: ScriptPlan): string {
  const most =
    script === 'check' && answerLeaves !== ''
      ? 'Reads only. It writes a file only with -ReportPath.'
      : purposes[script];
  const left = answerLeaves === '' ? [] : [`It also leaves ${answerLeaves}.`];
  return [most, ...tools.map(toolPurpose), ...left].join('\n# ');
}

function toolPurpose({ parameter, file }: RepairTool): string {
  return `-${parameter} <folder> lets the vendor's ${file} do it.`;
}
