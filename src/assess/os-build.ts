import { tableOf } from '../checks.ts';
import type { Build, OsBuildCheck, RevisionBuild, WindowsVersion } from '../rule-pack.ts';
import { assessRollup } from './rollup.ts';
import { assessment, numberOf, textOf, versionRead, type Assessment, type Fact, type ReadFact } from './facts.ts';

/** The Windows build has the capability: natively, at a revision, with a rollup, or never. */
export function assessOsBuild(check: OsBuildCheck, read: ReadFact): Assessment {
  const build = numberOf(read(versionRead('CurrentBuildNumber')));
  if (build === undefined) return assessment('unknown', 'OS_BUILD_UNREADABLE');
  const { builds, nativeFrom } = tableOf(check);
  const row = builds.find((candidate) => candidate.build === build);
  if (row === undefined) {
    return build >= nativeFrom ? assessment('pass', 'OS_NATIVE') : assessment('unknown', 'OS_BUILD_UNKNOWN');
  }
  const type = read(versionRead('InstallationType'));
  const edition = read(versionRead('EditionID'));
  if (row.support === 'rollup' && row.appliesTo !== undefined && !isServer(type, edition)) {
    return assessment('unknown', 'OS_NOT_JUDGED');
  }
  switch (row.support) {
    case 'native':
      return assessment('pass', 'OS_NATIVE');
    case 'never':
      return assessment('fail', 'OS_NEVER');
    case 'rollup':
      return assessRollup(row, check, read);
    case 'revision':
      return assessRevision(row, read, textOf(type), textOf(edition));
  }
}

// A failed read is no yes; where neither value exists, nothing speaks against a server.
function isServer(type: Fact, edition: Fact): boolean {
  if (type.status === 'error' || (textOf(type) === '' && edition.status === 'error')) return false;
  if (textOf(type) === '' && textOf(edition) === '') return true;
  return kindOf(textOf(type), textOf(edition)) === 'server';
}

function kindOf(type: string, edition: string): 'client' | 'server' | undefined {
  if (/^client$/i.test(type)) return 'client';
  if (/^(server|server core|nano server)$/i.test(type)) return 'server';
  if (type !== '' || edition === '') return undefined;
  return /^server(?!rdsh$)/i.test(edition) ? 'server' : 'client';
}

function assessRevision(row: RevisionBuild, read: ReadFact, type: string, edition: string): Assessment {
  const revision = numberOf(read(versionRead('UBR')));
  if (revision === undefined) return assessment('unknown', 'OS_REVISION_UNREADABLE');
  if (revision >= row.minRevision) return assessment('pass', 'OS_REVISION_REACHED');
  const days = lastDays(row, kindOf(type, edition), editionClass(edition));
  const ended = days.filter((day) => day < row.update.date);
  if (ended.length === 0) return assessment('fail', 'OS_REVISION_BELOW');
  return assessment(
    'fail',
    ended.length < days.length ? 'OS_REVISION_BELOW_EDITION_UNKNOWN' : 'OS_REVISION_BELOW_UPGRADE',
  );
}

type EditionClass = WindowsVersion['endOfSupport'][number]['editions'];

function editionClass(edition: string): EditionClass | undefined {
  const classes: readonly (readonly [EditionClass, RegExp])[] = [
    ['home-pro', /^(core|coren|coresinglelanguage|corecountryspecific|(professional|cloud)[a-z]*)$/i],
    ['enterprise-education', /^((enterprise|education)n?|serverrdsh|iotenterprise)$/i],
    ['ltsc', /^enterprisesn?$/i],
    ['iot-ltsc', /^iotenterprises$/i],
    ['server-annual', /^server.*acor$/i],
    ['server', /^server/i],
  ];
  return classes.find(([, pattern]) => pattern.test(edition))?.[0];
}

// The days of the edition; those of every edition it can be when that is not known or contradicts the kind.
function lastDays(row: Build, kind: 'client' | 'server' | undefined, edition: EditionClass | undefined): string[] {
  const versions = [kind === 'server' ? undefined : row.client, kind === 'client' ? undefined : row.server];
  const ends = versions.flatMap((version) => version?.endOfSupport ?? []);
  const isContradiction = kind !== undefined && edition?.startsWith('server') === (kind === 'client');
  const daysOf = (wanted: EditionClass | undefined): string[] =>
    ends.filter(({ editions }) => editions === wanted).map(({ date }) => date);
  const own = daysOf(edition).length > 0 ? daysOf(edition) : edition === 'iot-ltsc' ? daysOf('ltsc') : [];
  return own.length > 0 && !isContradiction ? own : ends.map(({ date }) => date);
}
