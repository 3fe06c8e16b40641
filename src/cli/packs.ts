import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readPacks } from '../build.ts';
import { diagnostic, didYouMean, failed, type Result } from '../diagnostic.ts';
import type { ResolvedPack } from '../script-plan.ts';
import { schemaFolder, shippedRulesFolder } from './environment.ts';

/**
 * The packs that arguments name: ids of packs in a rules folder, or paths; none means every pack of the rules folder.
 * Packs of `more`, a folder that need not be there, count as packs of the rules folder.
 */
export async function loadPacks(names: readonly string[], more?: string): Promise<Result<ResolvedPack[]>> {
  const folder = await rulesFolder();
  const files = [...(await packFiles(folder)), ...(more === undefined ? [] : await packFiles(more).catch(() => []))];
  const byId = new Map(files.map((path) => [basename(path, '.json'), path]));
  const ids = [...byId.keys()];
  const unknown = names.filter((name) => !isPath(name) && !ids.includes(name));
  if (unknown.length > 0) {
    return failed(
      unknown.map((name) =>
        diagnostic('unknown-pack', {
          message: `There is no pack "${name}" in ${folder}.`,
          help: didYouMean(name, ids) ?? `The packs are ${ids.join(', ')}; a path names any other.`,
        }),
      ),
    );
  }
  const paths = names.length === 0 ? ids : [...new Set(names)];
  return readPacks(
    paths.map((name) => byId.get(name) ?? name),
    schemaFolder,
  );
}

async function packFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return names.map((name) => join(folder, name));
}

function isPath(name: string): boolean {
  return /[\\/]/.test(name) || name.endsWith('.json');
}

// A project of its own has its packs in rules/; anywhere else the shipped ones are meant.
async function rulesFolder(): Promise<string> {
  const isFolder = await stat('rules').then(
    (found) => found.isDirectory(),
    () => false,
  );
  const hasPacks = isFolder && (await readdir('rules')).some((name) => name.endsWith('.json'));
  return hasPacks ? 'rules' : shippedRulesFolder;
}
