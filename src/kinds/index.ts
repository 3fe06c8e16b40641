import type { Check } from '../rule-pack.ts';
import type { CertificateContent, LoweredCheck } from '../script-plan.ts';
import { allOf } from './all-of.ts';
import { anyOf } from './any-of.ts';
import { certificate } from './certificate.ts';
import { diskSpace } from './disk-space.ts';
import { fileVersion } from './file-version.ts';
import { hotfix } from './hotfix.ts';
import type { Kind, RuleKind } from './kind.ts';
import { osBuild } from './os-build.ts';
import { pendingReboot } from './pending-reboot.ts';
import { powershellVersion } from './powershell-version.ts';
import { productVersion } from './product-version.ts';
import { registryValue } from './registry-value.ts';
import { serviceState } from './service-state.ts';

/** Every rule kind. A kind of the schema without an entry here does not compile. */
export const kinds: { readonly [K in RuleKind]: Kind<K> } = {
  'all-of': allOf,
  'any-of': anyOf,
  certificate,
  'disk-space': diskSpace,
  'file-version': fileVersion,
  hotfix,
  'os-build': osBuild,
  'pending-reboot': pendingReboot,
  'powershell-version': powershellVersion,
  'product-version': productVersion,
  'registry-value': registryValue,
  'service-state': serviceState,
};

/** Lowers a check by its kind. */
export function lowerCheck(check: Check, certificates: readonly CertificateContent[]): LoweredCheck {
  switch (check.kind) {
    case 'all-of':
      return kinds['all-of'].lower(check, certificates, lowerCheck);
    case 'any-of':
      return kinds['any-of'].lower(check, certificates, lowerCheck);
    case 'certificate':
      return kinds.certificate.lower(check, certificates, lowerCheck);
    case 'disk-space':
      return kinds['disk-space'].lower(check, certificates, lowerCheck);
    case 'file-version':
      return kinds['file-version'].lower(check, certificates, lowerCheck);
    case 'hotfix':
      return kinds.hotfix.lower(check, certificates, lowerCheck);
    case 'os-build':
      return kinds['os-build'].lower(check, certificates, lowerCheck);
    case 'pending-reboot':
      return kinds['pending-reboot'].lower(check, certificates, lowerCheck);
    case 'powershell-version':
      return kinds['powershell-version'].lower(check, certificates, lowerCheck);
    case 'product-version':
      return kinds['product-version'].lower(check, certificates, lowerCheck);
    case 'registry-value':
      return kinds['registry-value'].lower(check, certificates, lowerCheck);
    case 'service-state':
      return kinds['service-state'].lower(check, certificates, lowerCheck);
  }
}
