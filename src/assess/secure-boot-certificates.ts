import { secureBootReads } from '../kinds/secure-boot-certificates.ts';
import { assessment, wholeNumber, type Assessment, type Fact, type ReadFact } from './facts.ts';

/** The 2023 certificates by what Windows says of its own work; only "Updated" is good, and only with Secure Boot on. */
export function assessSecureBootCertificates(read: ReadFact): Assessment {
  const enabled = read(secureBootReads.enabled);
  if (enabled.status === 'error') return assessment('unknown', 'SECURE_BOOT_UNREADABLE');
  const isOn = numberIn(enabled);
  if (isOn === 0) return assessment('notApplicable', 'SECURE_BOOT_OFF');
  if (isOn !== 1) return assessment('unknown', 'SECURE_BOOT_NO_STATE');
  const fact = read(secureBootReads.status);
  if (fact.status === 'error') return assessment('unknown', 'SECURE_BOOT_UNREADABLE');
  const status = fact.status === 'found' && typeof fact.value === 'string' ? fact.value.trim().toLowerCase() : '';
  if (status === 'updated') return assessUpdated(read);
  if (status !== 'notstarted' && status !== 'inprogress') return assessment('unknown', 'SECURE_BOOT_NO_STATUS');
  return status === 'notstarted' ? assessNotStarted(read) : unfinished('SECURE_BOOT_IN_PROGRESS', read);
}

// A firmware that was set back to what it came with has lost what Windows once wrote into it.
function assessUpdated(read: ReadFact): Assessment {
  const firmware = firmwareSays(read);
  if (firmware === 'unreadable') return assessment('unknown', 'SECURE_BOOT_UNREADABLE');
  if (firmware === 'lacks') return assessment('unknown', 'SECURE_BOOT_FIRMWARE_LACKS');
  return assessment('pass', 'SECURE_BOOT_UPDATED');
}

// Some machines came with the new certificates: they start from the new boot manager, and nothing was ever started.
function assessNotStarted(read: ReadFact): Assessment {
  const capable = read(secureBootReads.capable);
  if (capable.status === 'error') return assessment('unknown', 'SECURE_BOOT_UNREADABLE');
  if (numberIn(capable) === 2) return assessment('unknown', 'SECURE_BOOT_CONTRADICTION');
  const firmware = firmwareSays(read);
  if (firmware === 'unreadable') return assessment('unknown', 'SECURE_BOOT_UNREADABLE');
  if (firmware === 'has') return assessment('unknown', 'SECURE_BOOT_FIRMWARE_HAS');
  return unfinished('SECURE_BOOT_NOT_STARTED', read);
}

/** Whether db and KEK have the certificate that every computer needs there; nothing where they cannot be looked at. */
function firmwareSays(read: ReadFact): 'unreadable' | 'lacks' | 'has' | undefined {
  const wanted = [
    { fact: read(secureBootReads.db), name: /^windows uefi ca 2023$/i },
    { fact: read(secureBootReads.kek), name: /^microsoft corporation kek.*ca 2023$/i },
  ];
  if (wanted.some(({ fact }) => fact.status === 'error')) return 'unreadable';
  const readable = wanted.filter(({ fact }) => fact.status === 'found');
  if (readable.some(({ fact, name }) => !namesIn(fact).some((one) => name.test(one)))) return 'lacks';
  return readable.length === wanted.length ? 'has' : undefined;
}

function namesIn(fact: Fact): readonly string[] {
  if (fact.status !== 'found') return [];
  return typeof fact.value === 'object' ? fact.value.map(String) : [String(fact.value)];
}

function unfinished(messageKey: string, read: ReadFact): Assessment {
  const isFailing = (numberIn(read(secureBootReads.error)) ?? 0) !== 0;
  return assessment('fail', isFailing ? 'SECURE_BOOT_ERROR' : messageKey);
}

function numberIn(fact: Fact): number | undefined {
  return fact.status === 'found' ? wholeNumber(fact.value) : undefined;
}
