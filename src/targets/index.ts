import { action1 } from './action1.ts';
import { ansible } from './ansible.ts';
import { automox } from './automox.ts';
import { awsSsm } from './aws-ssm.ts';
import { azureRunCommand } from './azure-run-command.ts';
import { configmgrCi } from './configmgr-ci.ts';
import { configmgrRunScript } from './configmgr-run-script.ts';
import { datto } from './datto.ts';
import { fleet } from './fleet.ts';
import { gpoStartup } from './gpo-startup.ts';
import { intuneCompliance } from './intune-compliance.ts';
import { intunePlatform } from './intune-platform.ts';
import { intuneRemediation } from './intune-remediation.ts';
import { intuneWin32 } from './intune-win32.ts';
import { level } from './level.ts';
import { manual } from './manual.ts';
import { nSight } from './n-sight.ts';
import { ninjaone } from './ninjaone.ts';
import { pdqConnect } from './pdq-connect.ts';
import { scheduledTask } from './scheduled-task.ts';
import { syncro } from './syncro.ts';
import { tactical } from './tactical.ts';
import { tanium } from './tanium.ts';
import type { Target } from './target.ts';

/** Every delivery target, in the order in which people see them. */
export const targets: readonly Target[] = [
  manual,
  intuneRemediation,
  intuneCompliance,
  intuneWin32,
  intunePlatform,
  configmgrCi,
  configmgrRunScript,
  ninjaone,
  datto,
  nSight,
  tactical,
  syncro,
  action1,
  automox,
  level,
  pdqConnect,
  tanium,
  fleet,
  awsSsm,
  azureRunCommand,
  ansible,
  gpoStartup,
  scheduledTask,
];
