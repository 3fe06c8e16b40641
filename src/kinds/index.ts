import type { Check } from '../rule-pack.ts';
import type { CertificateContent } from '../script-plan.ts';
import { certificate } from './certificate.ts';
import { diskSpace } from './disk-space.ts';
import { fileVersion } from './file-version.ts';
import { osBuild } from './os-build.ts';
import { pendingReboot } from './pending-reboot.ts';
import { powershellVersion } from './powershell-version.ts';
import { productVersion } from './product-version.ts';
import { registryValue } from './registry-value.ts';
import { serviceState } from './service-state.ts';
import type { Kind, LoweredCheck, RuleKind } from './kind.ts';

/** Every rule kind. A kind of the schema without an entry here does not compile. */
export const kinds: { readonly [K in RuleKind]: Kind<K> } = {
  certificate,
  'disk-space': diskSpace,
  'file-version': fileVersion,
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
    case 'certificate':
      return kinds.certificate.lower(check, certificates);
    case 'disk-space':
      return kinds['disk-space'].lower(check, certificates);
    case 'file-version':
      return kinds['file-version'].lower(check, certificates);
    case 'os-build':
      return kinds['os-build'].lower(check, certificates);
    case 'pending-reboot':
      return kinds['pending-reboot'].lower(check, certificates);
    case 'powershell-version':
      return kinds['powershell-version'].lower(check, certificates);
    case 'product-version':
      return kinds['product-version'].lower(check, certificates);
    case 'registry-value':
      return kinds['registry-value'].lower(check, certificates);
    case 'service-state':
      return kinds['service-state'].lower(check, certificates);
  }
}
