import type { Check } from '../rule-pack.ts';
import { scriptText } from '../powershell.ts';
import type { CertificateContent } from '../script-plan.ts';
import { certificate } from './certificate.ts';
import type { Kind, LoweredCheck, RuleKind, TextWriter } from './kind.ts';
import { osBuild } from './os-build.ts';
import { productVersion } from './product-version.ts';

/** Every rule kind. A kind of the schema without an entry here does not compile. */
export const kinds: { readonly [K in RuleKind]: Kind<K> } = {
  certificate,
  'os-build': osBuild,
  'product-version': productVersion,
};

/** Lowers a check by its kind. */
export function lowerCheck(
  check: Check,
  certificates: readonly CertificateContent[],
  textOf: TextWriter = scriptText,
): LoweredCheck {
  switch (check.kind) {
    case 'certificate':
      return kinds.certificate.lower(check, certificates, textOf);
    case 'os-build':
      return kinds['os-build'].lower(check, certificates, textOf);
    case 'product-version':
      return kinds['product-version'].lower(check, certificates, textOf);
  }
}
