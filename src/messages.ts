import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from './script-plan.ts';

/** Texts of the generated scripts: findings, notes and labels by language and key. */
export interface MessageCatalog {
  readonly texts: { readonly [language in Language]: { readonly [key: string]: string } };
  /** Message key -> keys of the advice that goes with it, split by blanks. */
  readonly advice: Readonly<Record<string, string>>;
  /** Texts of the guide pages. */
  readonly guide: { readonly [language in Language]: GuideTexts };
  /** Texts of install-trust.ps1. */
  readonly trust: { readonly [language in Language]: GuideTexts };
}

export type GuideTexts = Readonly<Record<string, string>>;

/** Reads the message files that travel with psmint; a broken one is our mistake. */
export async function loadMessages(templatesFolder: string): Promise<MessageCatalog> {
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(templatesFolder, 'messages', name), 'utf8'));
  const [en, ja] = [sectionsOf(await read('en.json')), sectionsOf(await read('ja.json'))];
  const [guideEn, guideJa] = [stringsOf(await read('guide.en.json')), stringsOf(await read('guide.ja.json'))];
  const [trustEn, trustJa] = [stringsOf(await read('trust.en.json')), stringsOf(await read('trust.ja.json'))];
  return {
    texts: { en: flatten(en), ja: flatten(ja) },
    advice: stringsOf(await read('advice.json')),
    guide: { en: guideEn, ja: guideJa },
    trust: { en: trustEn, ja: trustJa },
  };
}

type Sections = Record<string, Record<string, string>>;

function sectionsOf(value: unknown): Sections {
  return Object.fromEntries(Object.entries(recordOf(value)).map(([name, section]) => [name, stringsOf(section)]));
}

function stringsOf(section: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(recordOf(section)).map(([key, text]) => [key, String(text)]));
}

function recordOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error('This is a bug in the compiler: a message file');
  return { ...value };
}

// Keys carry their section as a prefix, so one flat table serves the scripts.
function flatten(sections: Sections): Record<string, string> {
  return Object.fromEntries(Object.values(sections).flatMap((section) => Object.entries(section)));
}
