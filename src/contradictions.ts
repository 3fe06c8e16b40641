import type { DiagnosticCode } from './diagnostic.ts';
import { leafChecks, tableOf, type LeafCheck } from './checks.ts';
import type {
  Build,
  BuildTable,
  HotfixCheck,
  OsBuildCheck,
  ProductVersionCheck,
  RollupBuild,
  Rule,
  RulePack,
} from './rule-pack.ts';
import type { JsonPath } from './source.ts';

/** Two statements of a pack that cannot both be meant. */
export interface RowProblem {
  readonly code: Extract<DiagnosticCode, 'contradicting-row' | 'duplicate-row' | 'invalid-value' | 'unknown-reference'>;
  readonly message: string;
  readonly path: JsonPath;
  readonly other?: JsonPath;
}

/** Build tables of files, by the name that the pack has for them. */
type Tables = ReadonlyMap<string, BuildTable>;

/** Everything in a pack that the schema cannot see: tables out of order, rows twice, dates that do not exist. */
export function contradictions(pack: RulePack, tables: Tables): RowProblem[] {
  return [
    ...impossibleDates(pack, []),
    ...pack.rules.flatMap((rule, index) => [
      ...leafChecks(rule.check, ['rules', index, 'check']).flatMap(({ check, path }) =>
        checkProblems(check, path, tables),
      ),
      ...installProblems(rule, pack, ['rules', index, 'remediation']),
    ]),
  ];
}

/** The same for the file of a build table. */
export function tableContradictions(table: BuildTable): RowProblem[] {
  return [...impossibleDates(table, []), ...tableProblems(table, [])];
}

function checkProblems(check: LeafCheck, path: JsonPath, tables: Tables): RowProblem[] {
  if (check.kind === 'os-build') return osBuildProblems(check, path, tables);
  if (check.kind === 'product-version') return productVersionProblems(check, path);
  if (check.kind === 'hotfix') return hotfixProblems(check, path);
  return [];
}

// fix-cert repairs what the rule looks for, and then looks again: any other certificate would be added unseen.
function installProblems({ check, remediation }: Rule, { certificates }: RulePack, path: JsonPath): RowProblem[] {
  return remediation.flatMap((step, index) => {
    if (step.step === 'run-tool' && !remediation.some((other) => other.step === 'install-certificate')) {
      const what = '"run-tool" belongs beside "install-certificate": another way to the same certificate.';
      return [contradiction(what, [...path, index, 'tool'], [...path.slice(0, -1), 'check'])];
    }
    const earlier = remediation.findIndex((other) => other.step === step.step);
    if (step.step === 'run-tool' && earlier < index) {
      return [contradiction('A rule has one tool.', [...path, index, 'tool'], [...path, earlier, 'tool'])];
    }
    // A certificate that the pack does not have is a mistake of its own.
    if (step.step !== 'install-certificate' || !certificates.some(({ id }) => id === step.certificate)) return [];
    if (check.kind === 'certificate' && check.certificate === step.certificate) return [];
    const message = '"install-certificate" belongs into a rule of the kind certificate, and installs its certificate.';
    return [contradiction(message, [...path, index, 'certificate'], [...path.slice(0, -1), 'check'])];
  });
}

// The schema knows the form of a date, not the calendar.
function impossibleDates(value: unknown, path: JsonPath): RowProblem[] {
  if (typeof value === 'string') {
    if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value) || isDay(value)) return [];
    return [{ code: 'invalid-value', message: `There is no day ${value}.`, path }];
  }
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([name, item]) =>
    impossibleDates(item, [...path, isList ? Number(name) : name]),
  );
}

function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

function osBuildProblems(check: OsBuildCheck, path: JsonPath, tables: Tables): RowProblem[] {
  const shared = check.table === undefined ? undefined : tables.get(check.table);
  const table = shared ?? tableOf(check);
  return [
    ...(shared === undefined ? tableProblems(table, path) : twofoldProblems(check, path)),
    ...vendorProblems(check, table, path),
  ];
}

// What stands in the table and in the check would be decided by which of the two is read first.
function twofoldProblems(check: OsBuildCheck, path: JsonPath): RowProblem[] {
  const twofold = (['capability', 'article', 'nativeFrom', 'builds'] as const).filter((name) => name in check);
  return twofold.map((name) =>
    contradiction(`"${name}" stands in the table already.`, [...path, name], [...path, 'table']),
  );
}

function vendorProblems(
  { unlisted = [], advisories = [] }: OsBuildCheck,
  table: BuildTable,
  at: JsonPath,
): RowProblem[] {
  const lists = [
    unlisted.map((key, index) => ({ key, path: [...at, 'unlisted', index] })),
    advisories.map(({ build }, index) => ({ key: build, path: [...at, 'advisories', index, 'build'] })),
  ];
  const known = new Set(table.builds.map(({ build }) => build));
  return lists.flatMap((entries) => [
    ...twice(entries, (build) => `Build ${build} stands twice.`),
    ...entries.flatMap(({ key, path }) =>
      known.has(key)
        ? []
        : [{ code: 'unknown-reference' as const, message: `The build table has no build ${key}.`, path }],
    ),
  ]);
}

function tableProblems(check: BuildTable, path: JsonPath): RowProblem[] {
  return check.builds.flatMap((row, index) => {
    const at = [...path, 'builds', index];
    const before = check.builds[index - 1];
    return [
      ...orderProblems(row, before, at, [...path, 'builds', index - 1]),
      ...(row.support === 'rollup' ? rollupProblems(row, at) : []),
      ...editionProblems(row, at),
      ...(row.support !== 'native' && row.build >= check.nativeFrom
        ? [
            contradiction(
              `Build ${row.build} is at or above "nativeFrom", yet it is not native.`,
              [...at, 'support'],
              [...path, 'nativeFrom'],
            ),
          ]
        : []),
    ];
  });
}

function orderProblems(row: Build, before: Build | undefined, at: JsonPath, other: JsonPath): RowProblem[] {
  const place = { path: [...at, 'build'], other: [...other, 'build'] };
  if (before === undefined || row.build > before.build) return [];
  if (row.build === before.build)
    return [{ code: 'duplicate-row', message: `Build ${row.build} has two rows.`, ...place }];
  return [
    contradiction(`Build ${row.build} stands after build ${before.build}; rows ascend.`, place.path, place.other),
  ];
}

// Two days for one class of editions: only one of them could count, and nobody would see which.
function editionProblems(row: Build, at: JsonPath): RowProblem[] {
  return (['client', 'server'] as const).flatMap((kind) => {
    const ends = row[kind]?.endOfSupport ?? [];
    return ends.flatMap(({ editions }, index) => {
      const first = ends.findIndex((end) => end.editions === editions);
      const path = (entry: number): JsonPath => [...at, kind, 'endOfSupport', entry, 'editions'];
      return first === index ? [] : [contradiction(`"${editions}" has two last days.`, path(index), path(first))];
    });
  });
}

function rollupProblems(row: RollupBuild, at: JsonPath): RowProblem[] {
  const lists = [
    ...row.rollups.map((kb, index) => ({ kb, path: [...at, 'rollups', index] })),
    { kb: row.securityOnly, path: [...at, 'securityOnly'] },
    ...row.laterSecurityOnly.map((kb, index) => ({ kb, path: [...at, 'laterSecurityOnly', index] })),
  ];
  const first = new Map<number, JsonPath>();
  const twice = lists.flatMap(({ kb, path }) => {
    const other = first.get(kb);
    if (other === undefined) first.set(kb, path);
    return other === undefined
      ? []
      : [contradiction(`KB${kb} stands twice, so it would mean two things.`, path, other)];
  });
  if (row.rollups.includes(row.update.kb)) return twice;
  return [
    ...twice,
    contradiction(`KB${row.update.kb} is the first rollup, but not among "rollups".`, [...at, 'update', 'kb']),
  ];
}

function productVersionProblems(check: ProductVersionCheck, path: JsonPath): RowProblem[] {
  return check.lines.flatMap((line, index) => {
    const at = [...path, 'lines', index];
    const first = check.lines.findIndex((other) => majorOf(other.minimum) === majorOf(line.minimum));
    const from = line.comparableFrom;
    return [
      ...(first === index
        ? []
        : [contradiction(`Line ${majorOf(line.minimum)} stands twice.`, at, [...path, 'lines', first])]),
      ...(from !== undefined && (majorOf(from) !== majorOf(line.minimum) || compareVersions(from, line.minimum) > 0)
        ? [
            contradiction(
              '"comparableFrom" must be of the same line and not above "minimum".',
              [...at, 'comparableFrom'],
              [...at, 'minimum'],
            ),
          ]
        : []),
    ];
  });
}

function majorOf(version: string): number {
  return Number(version.split('.')[0]);
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  return left.map((part, index) => part - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function hotfixProblems({ updates, builds = [] }: HotfixCheck, path: JsonPath): RowProblem[] {
  const numbers = updates.flatMap(({ kb, supersededBy = [] }, index) => [
    { key: kb, path: [...path, 'updates', index, 'kb'] },
    ...supersededBy.map((later, at) => ({ key: later, path: [...path, 'updates', index, 'supersededBy', at] })),
  ]);
  const rows = builds.map(({ build }, index) => ({ key: build, path: [...path, 'builds', index, 'build'] }));
  return [
    ...twice(numbers, (kb) => `KB${kb} stands twice.`),
    ...twice(rows, (build) => `Build ${build} has two rows.`),
  ];
}

function twice(
  entries: readonly { readonly key: number; readonly path: JsonPath }[],
  message: (key: number) => string,
): RowProblem[] {
  return entries.flatMap(({ key, path }, index) => {
    const first = entries.findIndex((entry) => entry.key === key);
    if (first === index) return [];
    return [{ code: 'duplicate-row' as const, message: message(key), path, other: entries[first]?.path ?? path }];
  });
}

function contradiction(message: string, path: JsonPath, other?: JsonPath): RowProblem {
  return { code: 'contradicting-row', message, path, ...(other === undefined ? {} : { other }) };
}
