import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load, loadCertificates } from '../../src/load.ts';
import { lower } from '../../src/lower.ts';
import { loadMessages } from '../../src/messages.ts';
import { createRenderer } from '../../src/render.ts';
import { loadTemplates } from '../../src/templates.ts';
import { resolve } from '../../src/resolve.ts';
import type { UnsignedScript } from '../../src/script-plan.ts';
import { targets } from '../../src/targets/index.ts';
import { createValidator } from '../../src/validate.ts';
import { expectOk, schemaFolder, templatesFolder } from './simulated.ts';

/** The scripts of all packs in rules/ for every target, as they are delivered but without signature. */
export async function renderRealPacks(): Promise<readonly UnsignedScript[]> {
  const folder = fileURLToPath(new URL('../../rules/', import.meta.url));
  const paths = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const [templates, messages] = await Promise.all([loadTemplates(templatesFolder), loadMessages(templatesFolder)]);
  const { validate } = createValidator(schemaFolder);
  const render = createRenderer(templates, '0.0.0');
  const sources = expectOk(await load(paths.map((name) => `${folder}${name}`)));
  const packs = await Promise.all(
    sources.map(async (source) => {
      const valid = expectOk(validate(source));
      return expectOk(resolve(valid, expectOk(await loadCertificates(valid))));
    }),
  );
  return packs.flatMap((pack) => lower(pack, targets, messages).map(render));
}
