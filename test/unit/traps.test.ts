import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { lower } from '../../src/lower.ts';
import { loadSource } from '../../src/load.ts';
import { loadMessages } from '../../src/messages.ts';
import { literal } from '../../src/powershell.ts';
import { createRenderer } from '../../src/render.ts';
import { loadTemplates, type Templates } from '../../src/templates.ts';
import type { ScriptPlan } from '../../src/script-plan.ts';
import { parseSource } from '../../src/source.ts';
import { targets } from '../../src/targets/index.ts';
import { createValidator } from '../../src/validate.ts';
import { schemaFolder, templatesFolder, withFunction } from '../support/simulated.ts';
import { hostilePack } from '../support/hostile-pack.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const templates = await loadTemplates(templatesFolder);
const plan = lower(hostilePack, targets, await loadMessages(templatesFolder))[0]!;

const shells = readdirSync(templatesFolder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.hbs'))
  .map((name) => [name, readFileSync(join(templatesFolder, name), 'utf8')] as const);

/** The text that a shell gives, with other templates or another plan if need be. */
function rendered(shell: string, changed: Partial<Templates> = {}, other: ScriptPlan = plan): string {
  const render = createRenderer({ ...templates, ...changed, shells: { ...templates.shells, check: shell } }, '1.0.0');
  return render(other).bytes.toString('latin1');
}

/** A compiler that was right once stays right: each of these was measured to go wrong without a word. */
describe('trap 1: strict handlebars is not strict', () => {
  it.each(['{{nope}}', '{{ps nope}}', '{{#if nope}}x{{/if}}', '{{#each nope}}x{{/each}}', '{{#with nope}}x{{/with}}'])(
    'but here %s is an error',
    (shell) => {
      expect(() => rendered(shell)).toThrow('nope');
    },
  );

  it('inside of a loop too', () => {
    expect(() => rendered('{{#each calls}}{{nope}}{{/each}}')).toThrow('nope');
  });

  it('and a helper that does not exist does not compile', () => {
    expect(() => rendered('{{psx title}}')).toThrow();
  });
});

describe('trap 2: handlebars escapes for HTML', () => {
  it('but a script gets every character as it is', () => {
    const title = `a & b < c > d "e" 'f' = g`;
    const other = { ...plan, title: { ...plan.title, en: title } };
    expect(rendered('{{title}}', {}, other)).toBe(title);
    expect(rendered('{{ps plan}}', {}, other)).toContain(`a & b < c > d "e" ''f'' = g`);
  });
});

describe('trap 3: a backslash before a mustache is eaten', () => {
  it.each(shells)('so %s has none', (_, text) => {
    expect(text).not.toMatch(/\\\{\{/);
  });
});

describe('trap 4: PowerShell braces and here-strings do not survive a template', () => {
  it.each(shells)('so %s has no here-string, no triple mustache, no logic', (_, text) => {
    expect(text).not.toMatch(/@['"]\s*$/m);
    expect(text).not.toContain('{{{');
    const tags = [...text.matchAll(/\{\{([^}]*)\}\}/g)].map(([, tag]) => tag!.trim());
    const strange = tags.filter((tag) => !/^(?:> [a-z]+|#each [a-z]+|\/each|ps [A-Za-z]+|[A-Za-z]+)$/.test(tag));
    expect(strange).toEqual([]);
  });

  it.each(shells)('and %s indents no partial, which would move the lines of its text', (_, text) => {
    expect(text).not.toMatch(/^[ \t]+\{\{>/m);
  });

  it('and a function file is data: what looks like a tag stays as it is', () => {
    const text = "function Get-Verdict {\n    @{ a = @{{b=1}} }\n    '{{title}} {{> header}} {{ps nope}}'\n}";
    const script = rendered(templates.shells.check, withFunction(templates, 'Get-Verdict', text));
    expect(script).toContain(text.replaceAll('\n', '\r\n'));
  });
});

describe('trap 5: PowerShell takes typographic quotes for quotes', () => {
  it.each(["'", '\u2018', '\u2019', '\u201a', '\u201b'])('so %j never ends a literal', (quote) => {
    const text = literal(`a${quote}; exit 99; ${quote}b`);
    expect(text).toMatch(/^[ -~]*$/);
    // Once the doubled quotes are gone, the only quotes left are the two around the text.
    expect(text.replaceAll("''", '').match(/'/g)).toHaveLength(2);
  });
});

describe('trap 6: oneOf without a discriminator gives seven errors for two mistakes', () => {
  const { validate } = createValidator(schemaFolder);
  const pack = readFileSync(join(root, 'rules/trendmicro-vbbss-acs.json'), 'utf8');

  it('so every choice of the pack format has one, and nothing beside it', () => {
    const files = readdirSync(schemaFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.schema.json'),
    );
    const definitions = files.flatMap((name): Record<string, unknown>[] => {
      const schema = JSON.parse(readFileSync(join(schemaFolder, name), 'utf8')) as Record<string, unknown>;
      return [schema, ...Object.values((schema['definitions'] ?? {}) as Record<string, Record<string, unknown>>)];
    });
    const choices = definitions.filter((definition) => 'oneOf' in definition);
    expect(choices.length).toBeGreaterThan(3);
    for (const choice of choices) {
      const keys = Object.keys(choice).filter((key) => !['$schema', '$id', 'title', 'description'].includes(key));
      expect(keys.sort()).toEqual(['discriminator', 'oneOf', 'required', 'type']);
      for (const branch of choice['oneOf'] as object[]) expect(Object.keys(branch)).toEqual(['$ref']);
    }
  });

  it('and two mistakes in one check are two diagnostics', () => {
    const [first, second] = ['"table": "tables/acs-windows.json"', '"kind": "os-build"'] as const;
    expect(pack).toContain(first);
    const broken = pack.replace(first, '"table": 1').replace(second, `${second}, "titel": 1`);
    const result = validate(parseSource('pack.json', broken));
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code).sort()).toEqual([
      'unknown-property',
      'wrong-type',
    ]);
  });

  it('and a kind that does not exist is one', () => {
    const result = validate(parseSource('pack.json', pack.replace('"kind": "os-build"', '"kind": "os-biuld"')));
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual(['unknown-kind']);
  });
});

describe('trap 7: JSON.parse drops a key that stands twice', () => {
  it('but load says so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'psmint-trap-'));
    try {
      await writeFile(join(folder, 'pack.json'), '{ "a": 1, "a": 2 }');
      const result = await loadSource(join(folder, 'pack.json'));
      expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual(['duplicate-key']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('trap 8: file snapshots forgive a changed line end', () => {
  it('so no test uses one', () => {
    const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.test.ts') && !name.endsWith('traps.test.ts'),
    );
    const users = tests.filter((name) =>
      readFileSync(join(root, 'test', name), 'utf8').includes('toMatchFileSnapshot'),
    );
    expect(users).toEqual([]);
  });
});

describe('trap 9: a map of kinds that needs a cast hides a missing kind', () => {
  it('so there is none, and no any', () => {
    for (const name of ['kinds/index.ts', 'kinds/kind.ts']) {
      expect(readFileSync(join(root, 'src', name), 'utf8')).not.toMatch(/\bas (?!const)|\bany\b(?!-)|!\./);
    }
  });
});

// Trap 10, import directions, is test/unit/architecture.test.ts.

describe('trap 11: newer majors of the tools leave Node 20', () => {
  it('so theirs are those that still run on it', () => {
    const floor = 20.19;
    const { engines, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      engines: { node: string };
      dependencies: Record<string, string>;
    };
    expect(engines.node).toBe(`>=${floor}`);
    const tooNew = Object.keys(dependencies).filter((name) => {
      const file = join(root, 'node_modules', name, 'package.json');
      const range = (JSON.parse(readFileSync(file, 'utf8')) as { engines?: { node?: string } }).engines?.node ?? '>=0';
      return !range.split('||').some((part) => Number(/\d+(?:\.\d+)?/.exec(part)?.[0]) <= floor);
    });
    expect(tooNew).toEqual([]);
  });
});

describe('the one helper of the templates', () => {
  it('is ps, and no partial leaks into another renderer', () => {
    createRenderer(templates, '1.0.0');
    expect(Handlebars.partials).toEqual({});
    expect(Handlebars.helpers).not.toHaveProperty('ps');
  });
});
