import type { Check } from '../rule-pack.ts';
import type { CertificateContent, ResolvedPack, Verdict } from '../script-plan.ts';
import { assessCertificate } from './certificate.ts';
import { assessDiskSpace } from './disk-space.ts';
import type { Assessment, ReadFact } from './facts.ts';
import { assessFileVersion } from './file-version.ts';
import { assessGroup } from './group.ts';
import { assessHotfix } from './hotfix.ts';
import { assessOsBuild } from './os-build.ts';
import { assessPendingReboot } from './pending-reboot.ts';
import { assessPowershellVersion } from './powershell-version.ts';
import { assessProductVersion } from './product-version.ts';
import { assessRegistryValue } from './registry-value.ts';
import { assessSecureBootCertificates } from './secure-boot-certificates.ts';
import { assessServiceState } from './service-state.ts';

export interface RuleAssessment extends Assessment {
  readonly id: string;
}

/**
 * Judges a machine by facts, without a script: a second opinion, written from the rule format and not from the PowerShell.
 * Both must agree on every set of facts (test/e2e/second-opinion.test.ts).
 */
export function assess({ pack, certificates }: ResolvedPack, read: ReadFact): RuleAssessment[] {
  return pack.rules.map(({ id, check }) => ({ id, ...assessCheck(check, certificates, read) }));
}

function assessCheck(check: Check, certificates: readonly CertificateContent[], read: ReadFact): Assessment {
  switch (check.kind) {
    case 'all-of':
    case 'any-of':
      return assessGroup(
        check.kind,
        check.checks.map((inner) => assessCheck(inner, certificates, read).state),
      );
    case 'certificate':
      return assessCertificate(check, certificates, read);
    case 'disk-space':
      return assessDiskSpace(check, read);
    case 'file-version':
      return assessFileVersion(check, read);
    case 'hotfix':
      return assessHotfix(check, read);
    case 'os-build':
      return assessOsBuild(check, read);
    case 'pending-reboot':
      return assessPendingReboot(check, read);
    case 'powershell-version':
      return assessPowershellVersion(check, read);
    case 'product-version':
      return assessProductVersion(check, read);
    case 'registry-value':
      return assessRegistryValue(check, read);
    case 'secure-boot-certificates':
      return assessSecureBootCertificates(read);
    case 'service-state':
      return assessServiceState(check, read);
  }
}

/** The worst of the required rules; no applicable rule = unknown. */
export function verdictOf({ pack }: ResolvedPack, assessments: readonly RuleAssessment[]): Verdict {
  const required = new Set(pack.rules.filter(({ severity }) => severity === 'required').map(({ id }) => id));
  const states = new Set(assessments.filter(({ id }) => required.has(id)).map(({ state }) => state));
  const worst = (['fail', 'pendingReboot', 'unknown', 'pass'] as const).find((state) => states.has(state));
  return worst ?? 'unknown';
}
