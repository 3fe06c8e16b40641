import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPacks } from '../../src/build.ts';
import { lower } from '../../src/lower.ts';
import { loadMessages } from '../../src/messages.ts';
import { createRenderer } from '../../src/render.ts';
import { loadTemplates } from '../../src/templates.ts';
import type { UnsignedScript } from '../../src/script-plan.ts';
import { targets } from '../../src/targets/index.ts';
import { expectOk, schemaFolder, templatesFolder } from './simulated.ts';

/** The scripts of packs in rules/, of all or of one, for every target, as they are delivered but without signature. */
export async function renderRealPacks(id?: string): Promise<readonly UnsignedScript[]> {
  const folder = fileURLToPath(new URL('../../rules/', import.meta.url));
  const paths = id === undefined ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [`${id}.json`];
  const [templates, messages] = await Promise.all([loadTemplates(templatesFolder), loadMessages(templatesFolder)]);
  const render = createRenderer(templates, '0.0.0');
  const packs = expectOk(
    await readPacks(
      paths.map((name) => `${folder}${name}`),
      schemaFolder,
    ),
  );
  return packs.flatMap((pack) => lower(pack, targets, messages).map(render));
}

/** One script of those that differ in their code: packs that use the same functions differ in their data alone. */
export function distinct(scripts: readonly UnsignedScript[]): readonly UnsignedScript[] {
  const codeOf = ({ plan, bytes }: UnsignedScript): string =>
    [plan.target, plan.script, ...(bytes.toString('latin1').match(/^function \S+/gm) ?? [])].join(' ');
  return [...new Map(scripts.map((script) => [codeOf(script), script])).values()];
}
