import { intuneRemediation } from './intune-remediation.ts';
import { manual } from './manual.ts';
import type { Target } from './target.ts';

/** Every delivery target, in the order in which people see them. */
export const targets: readonly Target[] = [manual, intuneRemediation];
