import { checkDetails } from './guide-checks.ts';
import { lines, steps, text, type GuideContext } from './guide-text.ts';
import { html, type Html } from './html.ts';
import type { LocalizedText, Rule, SourceReference } from './rule-pack.ts';

/** One rule: why, what exactly is asked for, how to look by hand, what to do. */
export function ruleSection(context: GuideContext, rule: Rule): Html {
  const { language } = context;
  return html`<section class="rule" id="${rule.id}">
    <h3>${rule.title[language]} ${badge(context, rule)} <small class="code">${rule.id}</small></h3>
    <p>${lines(rule.why[language])}</p>
    ${checkDetails(context, rule.check)} ${steps(context, text(context, 'byHand'), rule.byHand ?? [])}
    ${steps(
      context,
      text(context, 'whatToDo'),
      rule.remediation.map(({ text: short, details }) => (details === undefined ? short : joined(short, details))),
    )}
    ${
      rule.sources &&
      html`<h4>${text(context, 'sources')}</h4>
        ${sourceList(context, rule.sources)}`
    }
  </section> `;
}

function joined(text: LocalizedText, details: LocalizedText): LocalizedText {
  return { en: `${text.en}\n${details.en}`, ja: `${text.ja}\n${details.ja}` };
}

/** Whether a rule decides the verdict. */
export function badge(context: GuideContext, { severity }: Rule): Html {
  return html`<span class="badge ${severity}">${text(context, severity)}</span>`;
}

/** Links to the pages that a requirement was taken from. */
export function sourceList({ language }: GuideContext, sources: readonly SourceReference[]): Html {
  return html`<ul class="sources">
    ${sources.map(
      ({ url, title, date }) =>
        html`<li>
          <a href="${url}">${title[language]}</a>${date !== undefined && html` (${date})`}<span class="url"
            >${url}</span
          >
        </li> `,
    )}
  </ul>`;
}
