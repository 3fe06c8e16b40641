import type { MachineRead, RuleRead } from '../script-plan.ts';
import type { Kind } from './kind.ts';

const policyKey = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\AuthRoot';

/** A certificate in its LocalMachine store, by thumbprint, and not in Disallowed. */
export const certificate: Kind<'certificate'> = {
  summary: 'A certificate of the pack is in its LocalMachine store, by thumbprint, and not in Disallowed.',
  messagePrefixes: ['CERT_', 'FIX_'],
  advises: false,
  lower: (check, certificates) => {
    const content = certificates.find(({ id }) => id === check.certificate);
    if (content === undefined)
      throw new Error(`This is a bug in the compiler: certificate ${check.certificate} is gone`);
    const { id, sha1, store } = content;
    const look = (role: string, place: string): RuleRead => {
      const request: MachineRead = { read: 'Certificate', store: place, thumbprint: sha1 };
      return { role, request, slow: false };
    };
    // Windows puts roots of its own trust list into AuthRoot, which the logical store Root shows too.
    const thirdParty = store === 'Root' ? [look('ThirdParty', 'AuthRoot')] : [];
    const autoUpdate: RuleRead = {
      role: 'AutoUpdate',
      request: { read: 'RegistryValue', key: policyKey, name: 'DisableRootAutoUpdate' },
      slow: false,
    };
    return {
      command: 'Test-CertificateStore',
      // The untrusted store is looked at first: it wins over every other.
      reads: [
        look('Disallowed', 'Disallowed'),
        look('Store', store),
        ...thirdParty,
        ...(store === 'Root' ? [autoUpdate] : []),
      ],
      parameters: { Certificate: { Id: id, Sha1: sha1, Store: store } },
    };
  },
};
