import type { FileVersionCheck } from '../rule-pack.ts';
import { assessment, textOf, versionReaches, type Assessment, type ReadFact } from './facts.ts';

/** Every copy of a file that is found has the minimum version. */
export function assessFileVersion({ files, minimum, missing }: FileVersionCheck, read: ReadFact): Assessment {
  const facts = files.map((path) => read({ read: 'FileVersion', path }));
  // The copy that could not be read may be the one that is used.
  if (facts.some(({ status }) => status === 'error')) return assessment('unknown', 'FILE_UNREADABLE');
  const found = facts.filter(({ status }) => status === 'found');
  if (found.length === 0) return assessment(missing, 'FILE_MISSING');
  const texts = found.map(textOf).filter((text) => text !== '');
  // 0.0.0.0 is what Windows shows of a file without a version resource.
  const reached = texts.map((text) => (text === '0.0.0.0' ? undefined : versionReaches(text, minimum)));
  if (reached.length === 0 || reached.includes(undefined)) return assessment('unknown', 'FILE_NO_VERSION');
  return reached.includes(false) ? assessment('fail', 'FILE_BELOW') : assessment('pass', 'FILE_REACHED');
}
