import type { Fact, FactValue, ServicingPackage } from '../../src/assess/facts.ts';
import { leafChecks, type LeafCheck } from '../../src/checks.ts';
import { lowerCheck } from '../../src/kinds/index.ts';
import { factId } from '../../src/machine-reads.ts';
import type { MachineRead, ResolvedPack } from '../../src/script-plan.ts';
import { randomNumbers, type FactSet } from './fact-sets.ts';

const junk = ['', ' ', 'junk', '-1', '1.5.', '0x10', '4294967295', '1234567890123456'];
const statuses = ['Running', 'Stopped', 'Paused', 'StartPending', 'StopPending', 'running', 'Odd', ''];
const packageStates = [112, 112, 80, 128, 96, 96, 0, 5, 32, 64, 101, null];

/** Facts for checks of any kind but os-build and product-version, mostly near what they ask for: the same for the same seed. */
export function createKindFacts({ pack, certificates }: ResolvedPack, seed: number): () => FactSet {
  const random = randomNumbers(seed);
  const chance = (probability: number): boolean => random() < probability;
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const near = (number: number): number => Math.max(0, number + pick([-1, 0, 0, 0, 1, 1000, -1000]));
  const nearVersion = (version: string): string => {
    const parts = version.split('.').map(Number);
    const changed = parts.map((part, index) => (index === parts.length - 1 ? near(part) : part));
    return [...changed, ...(chance(0.4) ? [0] : [])].join('.') + (chance(0.05) ? 'x' : '');
  };

  const registryValue = (check: Extract<LeafCheck, { kind: 'registry-value' }>): FactValue => {
    const { condition } = check;
    if (chance(0.1)) return pick<FactValue>([...junk, ['1'], [], ['a', 'b'], -1, -2_147_483_648, 2 ** 40]);
    switch (condition.is) {
      case 'present':
        return pick<FactValue>([1, 'x', ['x']]);
      case 'one-of': {
        const value = pick(condition.values);
        return pick([value, String(value), String(value).toUpperCase(), ` ${value} `, `${value}0`]);
      }
      case 'at-least':
      case 'at-most': {
        const number = near(condition.number);
        return pick([number, String(number), number >= 2 ** 31 ? number - 2 ** 32 : number]);
      }
      case 'version-at-least':
        return chance(0.1) ? near(Number(condition.version.split('.')[0])) : nearVersion(condition.version);
    }
  };

  const secureBootValue = (name: string): FactValue => {
    if (chance(0.05)) return pick<FactValue>([...junk, ['Updated'], []]);
    if (name === 'UEFISecureBootEnabled') return pick([1, 1, 1, 1, '1', 0, 2]);
    if (name === 'UEFICA2023Status')
      return pick(['Updated', 'NotStarted', 'NotStarted', 'InProgress', ' updated', 'Paused', 2]);
    return name === 'UEFICA2023Error' ? pick([0, 0, 5, -2_147_023_293, '0']) : pick([0, 1, 2, '2', 3]);
  };

  const firmwareValue = (name: 'db' | 'KEK'): FactValue => {
    const [old, wanted] =
      name === 'db'
        ? ['Microsoft Windows Production PCA 2011', 'Windows UEFI CA 2023']
        : [
            'Microsoft Corporation KEK CA 2011',
            pick(['Microsoft Corporation KEK 2K CA 2023', 'Microsoft Corporation KEK CA 2023']),
          ];
    return pick<FactValue>([
      [old],
      [old, wanted],
      [old, wanted],
      [wanted.toUpperCase()],
      [],
      wanted,
      `${wanted} `,
      [`x${wanted}`],
    ]);
  };

  const hotfixValue = (check: Extract<LeafCheck, { kind: 'hotfix' }>, request: MachineRead): FactValue => {
    const numbers = check.updates.flatMap(({ kb, supersededBy = [] }) => [kb, ...supersededBy]);
    const row = pick(check.builds ?? [{ build: 7601 }]);
    if (request.read === 'HotFix')
      return chance(0.3) ? [`KB${pick(numbers)}`, 'KB2919355'] : ['KB2919355', `KB${pick(numbers)}0`];
    if (request.read === 'RegistryValue') {
      if (chance(0.05)) return pick(junk);
      if (request.name === 'UBR') return near(row.minRevision ?? 100);
      return chance(0.15) ? '19045' : String(row.build);
    }
    const name = (): string => {
      const build = pick([row.build, row.build, 7600, 6, 9601]);
      return chance(0.5)
        ? `Package_for_KB${near(pick(numbers))}~31bf3856ad364e35~amd64~~6.1.1.2`
        : `Package_for_RollupFix~31bf3856ad364e35~amd64~~${build}.${near(row.minRevision ?? 100)}.1.5`;
    };
    const pattern = request.read === 'ServicingPackage' ? new RegExp(request.pattern) : /^/;
    const packages = Array.from({ length: pick([0, 0, 1, 2]) }, (): ServicingPackage => {
      return { name: name(), state: pick(packageStates) };
    });
    return packages.filter((entry) => pattern.test(entry.name));
  };

  const valueOf = (check: LeafCheck, request: MachineRead): FactValue => {
    switch (check.kind) {
      case 'registry-value':
        return registryValue(check);
      case 'hotfix':
        return hotfixValue(check, request);
      case 'file-version':
        return chance(0.15) ? pick(['0.0.0.0', ...junk]) : nearVersion(check.minimum);
      case 'powershell-version':
        return chance(0.1) ? pick(junk) : nearVersion(pick(['1.0', '2.0', '4.0', check.minimum]));
      case 'service-state':
        return request.read === 'Service' ? pick(statuses) : pick([0, 1, 2, 3, 4, 5, '2', '3', ...junk]);
      case 'disk-space':
        return chance(0.1) ? pick(junk) : String(near(check.minimumMegabytes * 1_048_576));
      case 'secure-boot-certificates':
        if (request.read === 'RegistryValue') return secureBootValue(request.name);
        return request.read === 'FirmwareVariable' ? firmwareValue(request.name) : '1801 2026-06-01T08:00:00Z';
      case 'pending-reboot':
        return request.read === 'RegistryKey' ? [] : pick<FactValue>([[], ['', ''], ['\\??\\C:\\x', ''], 'x', ' ']);
      default:
        return ['found'];
    }
  };

  const checks = pack.rules.flatMap((rule) => leafChecks(rule.check, []).map(({ check }) => check));
  const places = new Map<string, { readonly check: LeafCheck; readonly request: MachineRead }[]>();
  for (const check of checks)
    for (const { request } of lowerCheck(check, certificates, undefined).reads)
      places.set(factId(request), [...(places.get(factId(request)) ?? []), { check, request }]);
  return () => {
    const missing = pick([0.02, 0.3, 0.8]);
    const failing = pick([0, 0.03, 0.2]);
    const factOf = (check: LeafCheck, request: MachineRead): Fact => {
      if (chance(failing)) return { status: 'error', error: 'denied' };
      return chance(missing) ? { status: 'missing' } : { status: 'found', value: valueOf(check, request) };
    };
    // A place that several checks read is near what one of them asks for.
    return new Map(
      [...places].map(([id, readers]) => {
        const { check, request } = pick(readers);
        return [id, factOf(check, request)];
      }),
    );
  };
}
