import type { MachineRead, RuleRead } from '../script-plan.ts';
import type { Kind } from './kind.ts';

const key = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecureBoot';

/**
 * What Windows writes about Secure Boot and its servicing (support.microsoft.com, KB5068202: UEFICA2023Status is NotStarted,
 * InProgress or Updated, the last once all certificates and the boot manager are deployed). WindowsUEFICA2023Capable is for
 * few deployments and not for general use; it never decides, but can take a "not started" its certainty.
 * So do the variables db and KEK, where the certificates are in the end (KB5062713). Events are evidence alone: 1808 says that
 * all is done, 1801 that it is not, the others why (KB5016061).
 */
export const secureBootReads = {
  enabled: { read: 'RegistryValue', key: `${key}\\State`, name: 'UEFISecureBootEnabled' },
  status: { read: 'RegistryValue', key: `${key}\\Servicing`, name: 'UEFICA2023Status' },
  error: { read: 'RegistryValue', key: `${key}\\Servicing`, name: 'UEFICA2023Error' },
  capable: { read: 'RegistryValue', key: `${key}\\Servicing`, name: 'WindowsUEFICA2023Capable' },
  db: { read: 'FirmwareVariable', name: 'db' },
  kek: { read: 'FirmwareVariable', name: 'KEK' },
  event: {
    read: 'Event',
    log: 'System',
    provider: 'Microsoft-Windows-TPM-WMI',
    ids: [1795, 1796, 1797, 1798, 1800, 1801, 1802, 1803, 1808],
  },
} as const satisfies Readonly<Record<string, MachineRead>>;

/** The Secure Boot certificates of 2023 are in place, as Windows itself says. */
export const secureBootCertificates: Kind<'secure-boot-certificates'> = {
  summary: 'The Secure Boot certificates of 2023 are in place, as Windows itself says; not while Secure Boot is off.',
  messagePrefixes: ['SECURE_BOOT_'],
  advises: false,
  lower: () => ({
    command: 'Test-SecureBootCertificate',
    reads: [
      cheap('Enabled', secureBootReads.enabled),
      cheap('Status', secureBootReads.status),
      cheap('Error', secureBootReads.error),
      cheap('Capable', secureBootReads.capable),
      { role: 'Db', request: secureBootReads.db, slow: true },
      { role: 'Kek', request: secureBootReads.kek, slow: true },
      { role: 'Event', request: secureBootReads.event, slow: true },
    ],
    parameters: {},
  }),
};

function cheap(role: string, request: MachineRead): RuleRead {
  return { role, request, slow: false };
}
