import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPacks } from '../../src/build.ts';
import { lower } from '../../src/lower.ts';
import { loadMessages } from '../../src/messages.ts';
import { createRenderer } from '../../src/render.ts';
import { loadTemplates, type FunctionFile, type Templates } from '../../src/templates.ts';
import type { Result } from '../../src/diagnostic.ts';
import type { UnsignedScript } from '../../src/script-plan.ts';
import { targets } from '../../src/targets/index.ts';
import type { Target } from '../../src/targets/target.ts';

export const templatesFolder = fileURLToPath(new URL('../../templates', import.meta.url));
export const schemaFolder = fileURLToPath(new URL('../../rules/schema', import.meta.url));

/** The templates with one function exchanged or added. */
export function withFunction(templates: Templates, name: string, text: string): Templates {
  const file: FunctionFile = { part: 'Test', synopsis: '', ...templates.functions.get(name), text };
  return { ...templates, functions: new Map([...templates.functions, [name, file]]) };
}

/** The value of a result that a test takes for granted. */
export function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.value;
}

/** A target that psmint does not bring along, with the text of its output function. */
export interface OtherTarget {
  readonly target: Target;
  readonly answerText: string;
}

/** The scripts of packs for every target, with simulated machine and change functions. */
export async function renderSimulated(
  paths: readonly string[],
  others: readonly OtherTarget[] = [],
): Promise<readonly UnsignedScript[]> {
  const [templates, messages] = await Promise.all([
    loadTemplates(templatesFolder, { simulated: true }),
    loadMessages(templatesFolder),
  ]);
  const all = others.reduce(
    (own, { target, answerText }) => withFunction(own, target.answerCommand, answerText),
    templates,
  );
  const render = createRenderer(all, '0.0.0');
  const wanted = [...targets, ...others.map(({ target }) => target)];
  return expectOk(await readPacks(paths, schemaFolder)).flatMap((pack) => lower(pack, wanted, messages).map(render));
}

/** The same for the packs that machine files name: those that psmint brings along, and those of test/packs. */
export async function renderTestedPacks(): Promise<readonly UnsignedScript[]> {
  const folders = ['../../rules/', '../packs/'].map((name) => fileURLToPath(new URL(name, import.meta.url)));
  const paths = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => `${folder}${name}`),
  );
  return renderSimulated(paths);
}
