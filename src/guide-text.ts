import { escapeHtml, html, type Html } from './html.ts';
import type { GuideTexts } from './messages.ts';
import type { LocalizedText } from './rule-pack.ts';
import type { Language, ResolvedPack } from './script-plan.ts';
import type { Target } from './targets/target.ts';

/** What every part of a guide page is made from. */
export interface GuideContext {
  readonly pack: ResolvedPack;
  readonly targets: readonly Target[];
  readonly language: Language;
  readonly texts: GuideTexts;
}

/** A text of `templates/messages/guide.*.json`, `{0}` and so on filled in. A missing one is our mistake. */
export function text({ texts, language }: GuideContext, key: string, ...values: readonly (string | number)[]): string {
  const found = texts[key];
  if (found === undefined) throw new Error(`This is a bug in the compiler: no guide text "${key}"`);
  const filled = found.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
  // Japanese has a space after Latin letters; whether there are any is up to the pack.
  return language === 'ja' ? filled.replaceAll(/(?<=[A-Za-z])(?=\p{Script=Hiragana})/gu, ' ') : filled;
}

/** A text of the pack with its line breaks. */
export function lines(value: string): Html {
  return { html: escapeHtml(value).replaceAll('\n', '<br>') };
}

/** A heading and a numbered list; nothing when there is no step. */
export function steps({ language }: GuideContext, heading: string, entries: readonly LocalizedText[]): Html {
  if (entries.length === 0) return html``;
  return html`<h4>${heading}</h4>
    <ol>
      ${entries.map((entry) => html`<li>${lines(entry[language])}</li>`)}
    </ol>`;
}

/** Rows of term and description. */
export function definitions(rows: readonly (readonly [term: string, description: Html | string])[]): Html {
  return html`<dl>
    ${rows.map(
      ([term, description]) =>
        html`<dt>${term}</dt>
          <dd>${description}</dd> `,
    )}
  </dl>`;
}

/** A day in the way of the language, for running text; tables show YYYY-MM-DD. */
export function longDate(context: GuideContext, date: string): Html {
  const [year = '', month, day] = date.split('-');
  return html`<time datetime="${date}">${text(context, 'longDate', year, Number(month), Number(day), date)}</time>`;
}
