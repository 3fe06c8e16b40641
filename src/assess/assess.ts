import type { ResolvedPack, Verdict } from '../script-plan.ts';
import { assessCertificate } from './certificate.ts';
import type { Assessment, ReadFact } from './facts.ts';
import { assessOsBuild } from './os-build.ts';
import { assessProductVersion } from './product-version.ts';

export interface RuleAssessment extends Assessment {
  readonly id: string;
}

/**
 * Judges a machine by facts, without a script: a second opinion, written from the rule format and not from the PowerShell.
 * Both must agree on every set of facts (test/e2e/second-opinion.test.ts).
 */
export function assess({ pack, certificates }: ResolvedPack, read: ReadFact): RuleAssessment[] {
  return pack.rules.map(({ id, check }) => {
    switch (check.kind) {
      case 'certificate':
        return { id, ...assessCertificate(check, certificates, read) };
      case 'os-build':
        return { id, ...assessOsBuild(check, read) };
      case 'product-version':
        return { id, ...assessProductVersion(check, read) };
    }
  });
}

/** The worst of the required rules; no applicable rule = unknown. */
export function verdictOf({ pack }: ResolvedPack, assessments: readonly RuleAssessment[]): Verdict {
  const required = new Set(pack.rules.filter(({ severity }) => severity === 'required').map(({ id }) => id));
  const states = new Set(assessments.filter(({ id }) => required.has(id)).map(({ state }) => state));
  const worst = (['fail', 'pendingReboot', 'unknown', 'pass'] as const).find((state) => states.has(state));
  return worst ?? 'unknown';
}
