import type { CliEnvironment } from './environment.ts';

export interface NewPackFlags {
  readonly id?: string;
  readonly product?: string;
  readonly productJa?: string;
  readonly source?: string;
  readonly effective?: string;
  readonly certificate: readonly string[];
  readonly registry?: string;
  readonly minimum?: string;
  readonly out: string;
  readonly machines: string;
  readonly json: boolean;
}

/** Option, what it says, and its value when it is left away. */
export const newPackOptions: readonly (readonly [option: string, text: string, value?: string])[] = [
  ['--product <name>', 'product that the requirement is for'],
  ['--product-ja <name>', 'its name in Japanese (none: the same)'],
  ['--source <url>', 'page with the requirement'],
  ['--effective <date>', 'day from which it counts, YYYY-MM-DD'],
  ['--registry <value>', 'registry value with the version of the product: HKLM:\\SOFTWARE\\...\\Version'],
  ['--minimum <version>', 'lowest version that will do'],
  ['--id <id>', 'id of the pack (none: from the names)'],
  ['--out <folder>', 'folder of packs', 'rules'],
  ['--machines <folder>', 'folder of machine files', 'test/machines'],
];

type Asked = 'product' | 'productJa' | 'source' | 'effective' | 'registry' | 'minimum';

/** On a terminal, asks for what no flag says; an empty answer leaves it out. Anywhere else nobody is asked. */
export async function askForRest(vendor: string, flags: NewPackFlags, { ask }: CliEnvironment): Promise<NewPackFlags> {
  if (ask === undefined) return flags;
  const answers: { -readonly [name in Asked]?: string } = {};
  const question = async (name: Asked, text: string): Promise<void> => {
    const answer = flags[name] ?? (await ask(text)).trim();
    if (answer !== '') answers[name] = answer;
  };
  await question('product', `Product of ${vendor} that the requirement is for: `);
  await question('productJa', 'The same name in Japanese (Enter: the same): ');
  await question('source', 'Page with the requirement (URL): ');
  await question('effective', 'Day from which it counts (YYYY-MM-DD): ');
  const file =
    flags.certificate.length > 0 ? '' : (await ask('Certificate that has to be there (file, Enter: none): ')).trim();
  await question('registry', 'Registry value with the version of the product (HKLM:\\...\\name, Enter: none): ');
  if (answers.registry !== undefined) await question('minimum', 'Lowest version that will do: ');
  return { ...flags, ...answers, certificate: file === '' ? flags.certificate : [file] };
}
