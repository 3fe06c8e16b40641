import type { Check } from '../rule-pack.ts';
import type { CertificateContent, LoweredCheck } from '../script-plan.ts';
import { allOf } from './all-of.ts';
import { anyOf } from './any-of.ts';
import { certificate } from './certificate.ts';
import { diskSpace } from './disk-space.ts';
import { fileVersion } from './file-version.ts';
import { hotfix } from './hotfix.ts';
import type { Kind, LoweringTools, RuleKind, TextWriter } from './kind.ts';
import { osBuild } from './os-build.ts';
import { pendingReboot } from './pending-reboot.ts';
import { powershellVersion } from './powershell-version.ts';
import { productVersion } from './product-version.ts';
import { registryValue } from './registry-value.ts';
import { secureBootCertificates } from './secure-boot-certificates.ts';
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
  'secure-boot-certificates': secureBootCertificates,
  'service-state': serviceState,
};

/** Lowers a check by its kind; LoweringTools says what an undefined `textOf` means. */
export function lowerCheck(
  check: Check,
  certificates: readonly CertificateContent[],
  textOf: TextWriter | undefined,
): LoweredCheck {
  const tools: LoweringTools = { textOf, lowerCheck: (member) => lowerCheck(member, certificates, textOf) };
  switch (check.kind) {
    case 'all-of':
      return kinds['all-of'].lower(check, certificates, tools);
    case 'any-of':
      return kinds['any-of'].lower(check, certificates, tools);
    case 'certificate':
      return kinds.certificate.lower(check, certificates, tools);
    case 'disk-space':
      return kinds['disk-space'].lower(check, certificates, tools);
    case 'file-version':
      return kinds['file-version'].lower(check, certificates, tools);
    case 'hotfix':
      return kinds.hotfix.lower(check, certificates, tools);
    case 'os-build':
      return kinds['os-build'].lower(check, certificates, tools);
    case 'pending-reboot':
      return kinds['pending-reboot'].lower(check, certificates, tools);
    case 'powershell-version':
      return kinds['powershell-version'].lower(check, certificates, tools);
    case 'product-version':
      return kinds['product-version'].lower(check, certificates, tools);
    case 'registry-value':
      return kinds['registry-value'].lower(check, certificates, tools);
    case 'secure-boot-certificates':
      return kinds['secure-boot-certificates'].lower(check, certificates, tools);
    case 'service-state':
      return kinds['service-state'].lower(check, certificates, tools);
  }
}
