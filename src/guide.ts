import { deployment, meanings, signature } from './guide-deployment.ts';
import { badge, ruleSection, sourceList } from './guide-rules.ts';
import { guideStyle } from './guide-style.ts';
import { definitions, lines, longDate, text, type GuideContext } from './guide-text.ts';
import { html, type Html } from './html.ts';
import type { GuideTexts } from './messages.ts';
import type { Language, ResolvedPack } from './script-plan.ts';
import type { Target } from './targets/target.ts';

/** One self-contained page for admins, made from the pack: what, why, tables, by hand, what to do, how to deploy. Pure. */
export function guidePage(
  pack: ResolvedPack,
  targets: readonly Target[],
  language: Language,
  texts: GuideTexts,
): string {
  const context = { pack, targets, language, texts };
  const { title, vendor, id, version } = pack.pack;
  const chapters = chaptersOf(context);
  const page = html`<!DOCTYPE html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title[language]}</title>
        <style>
          ${{ html: guideStyle }}
        </style>
      </head>
      <body>
        <header>
          <p class="from">${vendor[language]}</p>
          <h1>${title[language]}</h1>
          ${summary(context)}
        </header>
        <nav aria-label="${text(context, 'contents')}">
          <ol>
            ${chapters.map((chapter) => html`<li><a href="#${chapter.id}">${chapter.title}</a></li> `)}
          </ol>
        </nav>
        <main>${chapters.map(chapterSection)}</main>
        <footer><p>${id} ${version}</p></footer>
      </body>
    </html> `;
  return page.html;
}

interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

function chaptersOf(context: GuideContext): Chapter[] {
  const { rules, sources, support, contact } = context.pack.pack;
  const chapter = (id: string, content: Html): Chapter => ({ id, title: text(context, id), content });
  return [
    chapter('impact', impact(context)),
    chapter('requirements', html`${rules.map((rule) => ruleSection(context, rule))}`),
    chapter('deploy', deployment(context)),
    chapter('verdicts', meanings(context)),
    chapter('signature', signature(context)),
    chapter('support', html`<p>${lines(support[context.language])}</p>`),
    ...(contact === undefined ? [] : [chapter('contact', contactDetails(context))]),
    chapter('sources', sourceList(context, sources)),
  ];
}

function chapterSection({ id, title, content }: Chapter): Html {
  return html`<section class="chapter" id="${id}">
    <h2>${title}</h2>
    ${content}
  </section> `;
}

function summary(context: GuideContext): Html {
  const { product, effective, rules } = context.pack.pack;
  const needs = rules.map(
    (rule) => html`<li><a href="#${rule.id}">${rule.title[context.language]}</a> ${badge(context, rule)}</li> `,
  );
  return definitions([
    [text(context, 'product'), product[context.language]],
    [text(context, 'effective'), longDate(context, effective)],
    [text(context, 'affected'), text(context, 'affectedText', product[context.language])],
    [
      text(context, 'needs'),
      html`<ol class="plain">
        ${needs}
      </ol>`,
    ],
  ]);
}

function impact(context: GuideContext): Html {
  return html`<ul>
    ${context.pack.pack.impact.map((entry) => html`<li>${lines(entry[context.language])}</li> `)}
  </ul>`;
}

function contactDetails({ pack, language }: GuideContext): Html {
  const { contact } = pack.pack;
  if (contact === undefined) return html``;
  const { name, details = [], url } = contact;
  return html`<p><strong>${name[language]}</strong></p>
    <ul>
      ${details.map((detail) => html`<li>${lines(detail[language])}</li> `)}${url !== undefined && html`<li><a href="${url}">${url}</a></li>`}
    </ul>`;
}
