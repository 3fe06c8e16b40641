import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { assessGroup } from '../../src/assess/group.ts';
import type { Fact, State } from '../../src/assess/facts.ts';
import { leafChecks, tableOf } from '../../src/checks.ts';
import { contradictions, type RowProblem } from '../../src/contradictions.ts';
import { factId } from '../../src/machine-reads.ts';
import type { Check, HotfixCheck, Rule, RulePack } from '../../src/rule-pack.ts';
import type { ResolvedPack } from '../../src/script-plan.ts';
import { hostilePack, otherKindsPack } from '../support/hostile-pack.ts';

const states = ['pass', 'fail', 'unknown', 'pendingReboot', 'notApplicable'] as const satisfies readonly State[];
const definite = states.filter((state) => state !== 'unknown');
const kinds = ['any-of', 'all-of'] as const;

/** Every way to put definite states in the places of those that are not known. */
function truthsOf(group: readonly State[]): State[][] {
  return group.reduce<State[][]>(
    (truths, state) =>
      truths.flatMap((truth) => (state === 'unknown' ? definite : [state]).map((one) => [...truth, one])),
    [[]],
  );
}

// The truth tables, cell by cell: row and column are the states of two checks.
const tables = {
  'any-of': `
                  pass  fail           unknown  pendingReboot  notApplicable
    pass          pass  pass           pass     pass           pass
    fail          pass  fail           unknown  pendingReboot  fail
    unknown       pass  unknown        unknown  unknown        unknown
    pendingReboot pass  pendingReboot  unknown  pendingReboot  pendingReboot
    notApplicable pass  fail           unknown  pendingReboot  notApplicable`,
  'all-of': `
                  pass           fail  unknown  pendingReboot  notApplicable
    pass          pass           fail  unknown  pendingReboot  pass
    fail          fail           fail  fail     fail           fail
    unknown       unknown        fail  unknown  unknown        unknown
    pendingReboot pendingReboot  fail  unknown  pendingReboot  pendingReboot
    notApplicable pass           fail  unknown  pendingReboot  notApplicable`,
};

describe.each(kinds)('%s', (kind) => {
  const stateOf = (group: readonly State[]): State => assessGroup(kind, group).state;
  const [head = [], ...rows] = tables[kind]
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ +/));
  const cells = rows.flatMap(([row, ...line]) =>
    line.map((cell, index) => [row, head[index], cell] as [State, State, State]),
  );

  it.each(cells)('%s and %s: %s', (row, column, cell) => {
    expect(stateOf([row, column])).toBe(cell);
  });

  it('is definite exactly when it comes out the same whatever the checks that could not be told are in truth', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...states), { minLength: 1, maxLength: 5 }), (group) => {
        const outcomes = new Set(truthsOf(group).map(stateOf));
        expect(outcomes).not.toContain('unknown');
        expect(stateOf(group)).toBe(outcomes.size === 1 ? [...outcomes][0] : 'unknown');
      }),
    );
  });

  it('does not depend on the order of its checks, nor on how often one stands there', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...states), { minLength: 1, maxLength: 6 }), (group) => {
        expect(stateOf([...group].reverse())).toBe(stateOf(group));
        expect(stateOf([...group, ...group])).toBe(stateOf(group));
      }),
    );
  });

  it('takes a group in a group of the same sort for its checks', () => {
    const some = fc.array(fc.constantFrom(...states), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(some, some, (left, right) => {
        expect(stateOf([stateOf(left), ...right])).toBe(stateOf([...left, ...right]));
      }),
    );
  });
});

const text = { en: 'x', ja: 'x' };
const ruleOf = (check: Check, more: Partial<Rule> = {}): Rule => {
  return { id: 'A-B', severity: 'required', title: text, why: text, check, remediation: [], ...more };
};
const packOf = (...rules: Rule[]): RulePack => ({ ...hostilePack.pack, rules });
const problemsOf = (pack: RulePack): RowProblem[] => contradictions(pack, new Map());
const restart: Check = { kind: 'pending-reboot' };

describe('the checks of a rule', () => {
  it('are found in groups with their places', () => {
    const group = otherKindsPack.pack.rules.find(({ id }) => id === 'SMALL-GROUP')!.check;
    const found = leafChecks(group, ['check']).map(({ check, path }) => `${check.kind} ${path.join('/')}`);
    expect(found).toEqual([
      'disk-space check/checks/0',
      'pending-reboot check/checks/1/checks/0',
      'registry-value check/checks/1/checks/1',
      'disk-space check/checks/1/checks/2',
    ]);
  });

  it('contradict themselves inside of a group too', () => {
    const osBuild = hostilePack.pack.rules[0]!.check;
    if (osBuild.kind !== 'os-build') throw new Error('the first rule is no os-build');
    const { builds } = tableOf(osBuild);
    const twice: Check = { ...osBuild, unlisted: [], advisories: [], builds: [builds[1]!, builds[1]!] };
    const problems = problemsOf(packOf(ruleOf({ kind: 'any-of', checks: [restart, twice] })));
    expect(problems.map(({ code, path }) => `${code} ${path.join('/')}`)).toEqual([
      'duplicate-row rules/0/check/checks/1/builds/1/build',
    ]);
  });

  it('of a hot fix name each update and each build once', () => {
    const check: HotfixCheck = {
      kind: 'hotfix',
      updates: [{ kb: 4_474_419, supersededBy: [4_536_952] }, { kb: 4_536_952 }],
      builds: [{ build: 7601 }, { build: 7601, minRevision: 1 }],
      missing: 'fail',
    };
    expect(problemsOf(packOf(ruleOf(check))).map(({ message }) => message)).toEqual([
      'KB4536952 stands twice.',
      'Build 7601 has two rows.',
    ]);
  });

  it('are repaired only where they are certificates, and then their own', () => {
    const certificates = [
      { id: 'one', name: 'One', file: 'one.pem', store: 'Root', sha1: '', sha256: '' },
      { id: 'two', name: 'Two', file: 'two.pem', store: 'Root', sha1: '', sha256: '' },
    ] as const;
    const problems = (check: Check): number => {
      const remediation = [{ step: 'install-certificate', certificate: 'one', text }] as const;
      return problemsOf({
        ...packOf(ruleOf(check, { remediation: [...remediation] })),
        certificates: [...certificates],
      }).length;
    };
    expect(problems({ kind: 'certificate', certificate: 'one' })).toBe(0);
    expect(problems({ kind: 'certificate', certificate: 'two' })).toBe(1);
    expect(problems(restart)).toBe(1);
    expect(problems({ kind: 'any-of', checks: [{ kind: 'certificate', certificate: 'one' }, restart] })).toBe(1);
  });
});

describe('the second opinion on other kinds', () => {
  const states = (check: Check, facts: Readonly<Record<string, Fact>>): string => {
    const pack: ResolvedPack = { ...hostilePack, pack: packOf(ruleOf(check)) };
    const [answer] = assess(pack, (request) => facts[factId(request)] ?? { status: 'error', error: 'not read' });
    return `${answer?.state ?? ''} ${answer?.messageKey ?? ''}`;
  };

  it('knows nothing about what nobody read', () => {
    for (const { check } of otherKindsPack.pack.rules) expect(states(check, {})).toMatch(/^unknown /);
  });

  it('judges a group by its checks', () => {
    const check: Check = { kind: 'any-of', checks: [restart, { kind: 'disk-space', minimumMegabytes: 1 }] };
    expect(states(check, { FreeSpace: { status: 'found', value: '1048576' } })).toBe('pass GROUP_ANY_MET');
    expect(states(check, { FreeSpace: { status: 'found', value: '1048575' } })).toBe('unknown GROUP_UNKNOWN');
  });
});
