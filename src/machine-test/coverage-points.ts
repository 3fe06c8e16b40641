import { tableOf } from '../checks.ts';
import { kinds } from '../kinds/index.ts';
import type { Build, OsBuildCheck, ProductVersionCheck, Rule } from '../rule-pack.ts';
import type { ReportFinding } from './compare.ts';

/** What machines have to show of a rule, and what one finding shows of it; points are compared as texts. */
export interface RulePoints {
  readonly points: readonly string[];
  readonly shownBy: (finding: ReportFinding) => readonly string[];
}

/** Points of a rule by its kind: states, messages, rows of its table and both sides of each threshold. */
export function pointsOf(rule: Rule, messageKeys: readonly string[]): RulePoints {
  const { check } = rule;
  if (check.kind === 'os-build') return osBuildPoints(check);
  if (check.kind === 'product-version') return productPoints(check);
  const own = kinds[check.kind].messagePrefixes;
  const isRepaired = rule.remediation.some(({ step }) => step === 'install-certificate');
  const keys = messageKeys.filter(
    (key) => own.some((prefix) => key.startsWith(prefix)) && (isRepaired || !key.startsWith('FIX_')),
  );
  const states = ['pass', 'fail', 'unknown', ...(isRepaired ? ['fixed', 'fixFailed', 'skipped'] : [])];
  return { points: [...states.map(state), ...keys.map(message)], shownBy: shown };
}

const state = (name: string): string => `state ${name}`;
const message = (key: string): string => `message ${key}`;
const shown = (finding: ReportFinding): readonly string[] => [state(finding.state), message(finding.messageKey)];

function valuesOf(finding: ReportFinding, name: string): readonly string[] {
  const found = Object.entries(finding.evidence).filter(
    ([source, { status }]) => status === 'found' && source.endsWith(`\\${name}`),
  );
  return found.map(([, { value }]) => value.trim());
}

// --- os-build: a point for every message of a row, for its first revision and for the one below ---------------------------

function osBuildPoints(check: OsBuildCheck): RulePoints {
  const { builds } = tableOf(check);
  const isListed = (build: string): boolean => builds.some((row) => `${row.build}` === build);
  const states = [
    ...['pass', 'unknown'],
    ...(builds.some(({ support }) => support !== 'native') ? ['fail'] : []),
    ...(builds.some(({ support }) => support === 'rollup') ? ['pendingReboot'] : []),
  ];
  return {
    points: [
      ...states.map(state),
      ...['OS_NATIVE', 'OS_BUILD_UNKNOWN', 'OS_BUILD_UNREADABLE'].map((key) => `no row: ${message(key)}`),
      ...builds.flatMap((row) =>
        [...rowMessages(row).map(message), ...rowRevisions(row, check)].map(inRow(`${row.build}`)),
      ),
    ],
    shownBy: (finding) => {
      const build = valuesOf(finding, 'CurrentBuildNumber')[0] ?? '';
      const place = isListed(build) ? inRow(build) : (point: string): string => `no row: ${point}`;
      const revisions = valuesOf(finding, 'UBR').map((revision) => `revision ${revision}`);
      return [state(finding.state), ...[message(finding.messageKey), ...revisions].map(place)];
    },
  };
}

function inRow(build: string): (point: string) => string {
  return (point) => `build ${build}: ${point}`;
}

function rowRevisions(row: Build, { advisories = [] }: OsBuildCheck): readonly string[] {
  const advised = advisories.filter(({ build }) => build === row.build).map(({ belowRevision }) => belowRevision);
  const firsts = [...advised, ...('minRevision' in row ? [row.minRevision] : [])];
  return firsts.flatMap((first) => [`revision ${first - 1}`, `revision ${first}`]);
}

/** Messages that a row can lead to. */
function rowMessages(row: Build): readonly string[] {
  if (row.support === 'native') return ['OS_NATIVE'];
  if (row.support === 'never') return ['OS_NEVER'];
  if (row.support === 'rollup') {
    return [
      ...['BY_REVISION', 'BY_PACKAGE', 'BY_HOTFIX', 'MISSING', 'PENDING', 'LIKELY', 'UNREADABLE'],
      ...(row.laterSecurityOnly.length > 0 ? ['LATER_SECURITY_ONLY'] : []),
    ]
      .map((key) => `OS_ROLLUP_${key}`)
      .concat(row.appliesTo === undefined ? [] : ['OS_NOT_JUDGED']);
  }
  const ends = [row.client, row.server].flatMap((version) => version?.endOfSupport ?? []);
  const hadEnded = ends.map(({ date }) => date < row.update.date);
  return [
    ...['OS_REVISION_REACHED', 'OS_REVISION_UNREADABLE'],
    ...(hadEnded.every(Boolean) && ends.length > 0 ? [] : ['OS_REVISION_BELOW']),
    ...(hadEnded.some(Boolean) ? ['OS_REVISION_BELOW_UPGRADE'] : []),
    ...(hadEnded.some(Boolean) && !hadEnded.every(Boolean) ? ['OS_REVISION_BELOW_EDITION_UNKNOWN'] : []),
  ];
}

// --- product-version: a point for every message, and for both sides of each line's minimum ---------------------------------

function productPoints({ lines, productName, versions }: ProductVersionCheck): RulePoints {
  const canFail = lines.some(({ below }) => below === 'fail');
  const hasOthers = (productName?.other ?? []).length > 0;
  const keys = [
    ...['REACHED', 'NOT_INSTALLED', 'SHAPE', 'NO_VERSION', 'UNREADABLE'],
    ...(canFail ? ['BELOW'] : []),
    ...(hasOthers ? ['OTHER'] : []),
    ...(canFail || hasOthers ? ['CONTRADICTION'] : []),
  ];
  const states = ['pass', 'unknown', 'notApplicable', ...(canFail ? ['fail'] : [])];
  return {
    points: [
      ...states.map(state),
      ...keys.map((key) => message(`PRODUCT_${key}`)),
      ...lines.flatMap(({ minimum }) => [`version ${minimum}`, `version below ${minimum}`]),
      ...versions.map(({ key, name }) => `value ${key}\\${name}`),
    ],
    shownBy: (finding) => {
      const read = versions.flatMap(({ key, name }) => {
        const fact = finding.evidence[`${key}\\${name}`];
        return fact?.status === 'found' ? [{ source: `value ${key}\\${name}`, value: fact.value }] : [];
      });
      const parts = read.flatMap(({ value }) => value.split(' / '));
      const sides = lines.flatMap(({ minimum }) => parts.flatMap((part) => sideOf(part, minimum)));
      return [...shown(finding), ...read.map(({ source }) => source), ...sides];
    },
  };
}

// Just below: the number before the minimum, or any lower one of the line where there is none.
function sideOf(version: string, minimum: string): readonly string[] {
  if (version === minimum) return [`version ${minimum}`];
  const [given, wanted] = [version, minimum].map((text) => text.split('.').map(Number));
  if (given?.length !== 3 || wanted?.length !== 3 || given[0] !== wanted[0]) return [];
  const [, minor = 0, last = 0] = wanted;
  const isJustBelow = last > 0 ? given[1] === minor && given[2] === last - 1 : minor > 0 && (given[1] ?? minor) < minor;
  return isJustBelow ? [`version below ${minimum}`] : [];
}
