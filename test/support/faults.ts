import { findingsOf, readAnswer } from '../../src/machine-test/compare.ts';
import type { PlacedMachineTest } from '../../src/machine-test/machine-file.ts';
import type { MachineResult } from '../../src/machine-test/machine-test.ts';

const packages = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';

/** The same machine once for every read that its check made, with that read failing and nothing expected. */
export function faultyMachines(placed: PlacedMachineTest, result: MachineResult): readonly PlacedMachineTest[] {
  // Where a read never answers, a failing read before it leads there by right.
  if (placed.test.machine.faults?.includes('hotFixes:hang') === true) return [];
  const findings = Object.values(findingsOf(result.answers[0]?.report) ?? {});
  const sources = [...new Set(findings.flatMap((finding) => Object.keys(finding.evidence)))];
  const { machine, name } = placed.test;
  const packageKeys = Object.keys(machine.registry ?? {}).filter((key) => key.startsWith(`${packages}\\`));
  return sources
    .flatMap((source) => denialsOf(source, packageKeys))
    .map((denial) => ({
      ...placed,
      test: {
        ...placed.test,
        name: `${name} / ${denial}`,
        machine: { ...machine, deny: [...(machine.deny ?? []), denial] },
        expect: {},
      },
    }));
}

/** Denials that make one fact fail: its source is the id that the script's evidence gives it. */
function denialsOf(source: string, packageKeys: readonly string[]): readonly string[] {
  const store = /^Cert:\\LocalMachine\\([A-Za-z]+)\\/.exec(source)?.[1];
  if (store !== undefined) return [`store:${store}`];
  if (source === 'HotFix') return ['hotFixes'];
  if (source === 'FreeSpace') return ['freeSpace'];
  if (source.startsWith('Firmware:')) return [`firmware:${source.slice('Firmware:'.length)}`];
  if (source.startsWith('Event:')) return ['eventLog'];
  if (source.startsWith('Service:')) return [`service:${source.slice('Service:'.length)}`];
  if (source.startsWith(`${packages}#`)) return [`key:${packages}`, ...packageKeys.map((key) => `registry:${key}`)];
  if (!/^HKLM(32)?:/.test(source)) return [`file:${source}`];
  return [source.endsWith('\\') ? `key:${source.slice(0, -1)}` : `registry:${source}`];
}

/** Rules whose state became another definite one by a failing read: one sentence each, none is right. */
export function strongerStates(before: MachineResult, after: MachineResult): readonly string[] {
  const states = after.answers[0] === undefined ? {} : readAnswer(after.answers[0]).states;
  const old = before.answers[0] === undefined ? {} : readAnswer(before.answers[0]).states;
  return Object.entries(old).flatMap(([id, state]) => {
    const now = states[id];
    return now === state || now === 'unknown' ? [] : [`${after.name}: ${id} was ${state}, became ${now ?? 'nothing'}`];
  });
}
