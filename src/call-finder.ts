import { readerOf, withReaders } from './machine-reads.ts';
import type { LoweredRule } from './script-plan.ts';
import { withoutComments, type FunctionFile } from './templates.ts';

/** Finds the functions that a text calls, directly or through others. */
export type CallFinder = (text: string) => FunctionFile[];

/** A finder for the scripts of some rules; rules that read in the same ways share one. */
export function createCallFinders(
  functions: ReadonlyMap<string, FunctionFile>,
): (rules: readonly LoweredRule[]) => CallFinder {
  const known = new Map<string, CallFinder>();
  return (rules) => {
    const readers = new Set(rules.flatMap(({ reads }) => reads.map(({ request }) => readerOf(request))));
    const key = [...readers].sort().join(' ');
    const finder = known.get(key) ?? createCallFinder(withOwnReaders(functions, readers));
    known.set(key, finder);
    return finder;
  };
}

function withOwnReaders(
  functions: ReadonlyMap<string, FunctionFile>,
  readers: ReadonlySet<string>,
): ReadonlyMap<string, FunctionFile> {
  const getFact = functions.get('Get-Fact');
  if (getFact === undefined) throw new Error('This is a bug in the compiler: no function Get-Fact');
  return new Map([...functions, ['Get-Fact', { ...getFact, text: withReaders(getFact.text, readers) }]]);
}

function createCallFinder(functions: ReadonlyMap<string, FunctionFile>): CallFinder {
  const namesIn = (text: string): string[] =>
    [...withoutComments(text).matchAll(/\b[A-Z][A-Za-z]+-[A-Za-z0-9]+\b/g)].flatMap(([name]) =>
      functions.has(name) ? [name] : [],
    );
  const called = new Map([...functions].map(([name, { text }]) => [name, namesIn(text)]));
  return (text) => {
    const needed = new Set<string>();
    const visit = (names: readonly string[]): void => {
      for (const name of names) {
        if (needed.has(name)) continue;
        needed.add(name);
        visit(called.get(name) ?? []);
      }
    };
    visit(namesIn(text));
    return [...functions].filter(([name]) => needed.has(name)).map(([, file]) => file);
  };
}
