import { tableOf } from '../../src/checks.ts';
import type { Fact, ServicingPackage } from '../../src/assess/facts.ts';
import { factId } from '../../src/machine-reads.ts';
import type { MachineRead, ResolvedPack } from '../../src/script-plan.ts';

export type FactSet = ReadonlyMap<string, Fact>;

interface PlacedRead {
  readonly rule: string;
  readonly role: string;
  readonly request: MachineRead;
}

/** mulberry32: small, and the same numbers from the same seed on every machine. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const editions = ['Core', 'CoreSingleLanguage', 'Professional', 'ProfessionalWorkstation', 'Enterprise', 'EnterpriseN'];
const moreEditions = ['Education', 'EnterpriseS', 'EnterpriseSN', 'IoTEnterprise', 'IoTEnterpriseS', 'ServerStandard'];
const lastEditions = ['ServerDatacenter', 'ServerDatacenterACor', 'ServerRdsh', 'CloudEdition', 'Strange', '', ' '];
const junk = ['', ' ', 'junk', '-1', '1.5', '0x10', '4294967295', '99999999', '٣'];

/** Machines that are mostly near a threshold, with contradictions and failed reads: the same ones for the same seed. */
export function createFactSource(pack: ResolvedPack, reads: readonly PlacedRead[], seed: number): () => FactSet {
  const random = randomNumbers(seed);
  const chance = (probability: number): boolean => random() < probability;
  const whole = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(items: readonly T[]): T => items[whole(items.length)]!;
  const check = pack.pack.rules.map((rule) => rule.check).find((one) => one.kind === 'os-build');
  if (check?.kind !== 'os-build') throw new Error('the pack has no os-build rule');
  const rows = tableOf(check).builds;

  const found = (value: string | number | readonly string[] | readonly ServicingPackage[]): Fact => ({
    status: 'found',
    value,
  });
  const perhaps = (fact: () => Fact, missing: number): Fact => {
    if (chance(0.04)) return { status: 'error', error: 'denied' };
    return chance(missing) ? { status: 'missing' } : fact();
  };
  const revisionNear = (threshold: number): string | number => {
    if (chance(0.06)) return pick(junk);
    const near = Math.max(0, threshold + pick([-400, -1, 0, 0, 1, 500]));
    return chance(0.2) ? String(near) : near;
  };

  const packageOf = (row: (typeof rows)[number]): ServicingPackage => {
    const state = chance(0.05) ? null : pick([112, 112, 80, 128, 96, 0, 5, 32, 64, 101]);
    if (row.support !== 'rollup' || chance(0.1))
      return { name: 'Package_for_KB5012170~31bf3856ad364e35~amd64~~1.0', state };
    const kb = pick([
      row.securityOnly,
      pick(row.rollups),
      row.laterSecurityOnly.length > 0 ? pick(row.laterSecurityOnly) : 5006671,
    ]);
    const build = pick([row.build, row.build, row.build, 7601, 6000, 5999, 6, row.build + 1]);
    const revision = row.minRevision + pick([-50, -1, 0, 1, 900]);
    const tail = pick([`~~${build}.${revision}.1.2`, `~~${build}.${revision}.1.2`, '~~next']);
    const rollup = `Package_for_RollupFix~31bf3856ad364e35~${pick(['amd64', 'x86'])}${tail}`;
    return { name: chance(0.5) ? rollup : `Package_for_KB${kb}~31bf3856ad364e35~amd64~~6.3.1.2`, state };
  };
  const hotFixesOf = (row: (typeof rows)[number]): string[] => {
    const numbers =
      row.support === 'rollup' ? [row.securityOnly, pick(row.rollups), ...row.laterSecurityOnly.slice(0, 1)] : [];
    return [...numbers.filter(() => chance(0.15)), 5012170, 2919355].map((kb) => `KB${kb}`);
  };
  const versionText = (): string => {
    const line = pick([
      `6.7.${3237 + pick([-1, 0, 1])}`,
      `6.${5 + whole(5)}.${whole(5000)}`,
      `14.3.${1105 + pick([-1, 0, 1])}`,
    ]);
    const odd = pick(['3237', '6.7.3237.0', '6.07.3237', '15.0.1', 'six', ' ', '14.4.1', '6.7.3237 ']);
    return chance(0.7) ? line : chance(0.4) ? `${line} / 14.3.${1000 + whole(300)}` : odd;
  };
  const isInstalled = (probability: number) => () => chance(probability);

  return () => {
    const row = chance(0.35) ? pick(rows.filter(({ support }) => support === 'rollup')) : pick(rows);
    const threshold = row.support === 'revision' || row.support === 'rollup' ? row.minRevision : 1000;
    const build = chance(0.05) ? pick([19046, 21999, 22001, 30000, 6002]) : row.build;
    const present = isInstalled(pick([0, 0.3, 0.9]));
    const makers: Readonly<Record<string, () => Fact>> = {
      Build: () => perhaps(() => found(chance(0.03) ? pick(junk) : String(build)), 0.02),
      Revision: () => perhaps(() => found(revisionNear(threshold)), 0.15),
      InstallationType: () =>
        perhaps(() => found(pick(['Client', 'Server', 'Server Core', 'Nano Server', 'Odd', ''])), 0.15),
      EditionID: () => perhaps(() => found(pick([...editions, ...moreEditions, ...lastEditions])), 0.15),
      BuildLab: () => perhaps(() => found(`${row.build}.${threshold + pick([-50, -1, 0, 9])}.amd64fre.x`), 0.3),
      Package: () => perhaps(() => found(Array.from({ length: whole(3) }, () => packageOf(row))), 0.1),
      HotFix: () => perhaps(() => found(hotFixesOf(row)), 0),
      CodeIntegrity: () => perhaps(() => found(`6.3.${row.build}.${threshold + pick([-50, -1, 0, 9])}`), 0.3),
      Disallowed: () => perhaps(() => found(['Cert:\\LocalMachine\\Disallowed']), 0.93),
      Store: () => perhaps(() => found(['Cert:\\LocalMachine\\Root']), 0.5),
      ThirdParty: () => perhaps(() => found(['Cert:\\LocalMachine\\AuthRoot']), 0.7),
      AutoUpdate: () => perhaps(() => found(pick([0, 1, 2])), 0.6),
      Key: () => (present() ? perhaps(() => found([]), 0) : perhaps(() => found([]), 1)),
      OwnKey: () => (present() ? perhaps(() => found([]), 0.3) : { status: 'missing' }),
      ProductName: () =>
        perhaps(() => found(pick(['Trend Micro WFBSH_Agent', 'Trend Micro OfficeScan', 'Other', ''])), 0.7),
      Version: () => perhaps(() => found(versionText()), 0.75),
    };
    return new Map(
      reads.map(({ role, request }) => {
        const make = makers[role];
        if (make === undefined) throw new Error(`no facts for role ${role}`);
        return [factId(request), make()];
      }),
    );
  };
}
