import type { ScriptName } from '../script-plan.ts';

/** How a step runs: which script, with which switches. */
interface StepForm {
  readonly script: ScriptName;
  readonly switches: readonly string[];
  /** Nothing on the machine may be changed by it, so it can be asked twice. */
  readonly readsOnly: boolean;
  /** The steps after it need it: it runs when one of them has an expectation. Others run only where they are named. */
  readonly leadsOn: boolean;
}

const read = { switches: [], readsOnly: true, leadsOn: true } as const;
const change = { script: 'fix-cert', switches: [], readsOnly: false, leadsOn: true } as const;
const rehearsal = { script: 'fix-cert', switches: ['WhatIf'], readsOnly: true, leadsOn: false } as const;

/** What runs on a machine, in this order: one machine sees the steps one after the other. */
export const stepForms = {
  check: { ...read, script: 'check' },
  'fix-cert-what-if': rehearsal,
  'fix-cert': change,
  'check-after-fix': { ...read, script: 'check' },
  'rollback-what-if': { ...rehearsal, switches: ['WhatIf', 'Rollback'] },
  rollback: { ...change, switches: ['Rollback'] },
  'check-after-rollback': { ...read, script: 'check' },
  report: { ...read, script: 'report', leadsOn: false },
} as const satisfies Readonly<Record<string, StepForm>>;

export type Step = keyof typeof stepForms;

export const steps: readonly Step[] = Object.keys(stepForms).filter(isStep);

function isStep(name: string): name is Step {
  return Object.hasOwn(stepForms, name);
}

/**
 * Steps that expectations ask for, with those that lead to them. The report waits for no other step: where it alone is
 * expected it alone runs, so a target that takes no other script has tests too. Where nothing is expected, `check` runs.
 */
export function stepsOf(expect: Readonly<Partial<Record<Step, unknown>>>): readonly Step[] {
  const last = steps.findLastIndex((step) => step !== 'report' && expect[step] !== undefined);
  const until = last === -1 && expect.report === undefined ? 0 : last;
  return steps.filter((step, index) => (stepForms[step].leadsOn ? index <= until : expect[step] !== undefined));
}
