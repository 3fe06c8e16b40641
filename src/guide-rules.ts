import { buildTable } from './guide-builds.ts';
import { definitions, lines, steps, text, type GuideContext } from './guide-text.ts';
import { html, type Html } from './html.ts';
import type { LocalizedText, ProductVersionCheck, Rule, SourceReference } from './rule-pack.ts';

/** One rule: why, what exactly is asked for, how to look by hand, what to do. */
export function ruleSection(context: GuideContext, rule: Rule): Html {
  const { language } = context;
  return html`<section class="rule" id="${rule.id}">
    <h3>${rule.title[language]} ${badge(context, rule)} <small class="code">${rule.id}</small></h3>
    <p>${lines(rule.why[language])}</p>
    ${checkDetails(context, rule)} ${steps(context, text(context, 'byHand'), rule.byHand ?? [])}
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

function checkDetails(context: GuideContext, { check }: Rule): Html {
  switch (check.kind) {
    case 'os-build':
      return buildTable(context, check);
    case 'certificate':
      return certificateDetails(context, check.certificate);
    case 'product-version':
      return versionDetails(context, check);
  }
}

function certificateDetails(context: GuideContext, id: string): Html {
  const certificate = context.pack.certificates.find((content) => content.id === id);
  if (certificate === undefined) throw new Error(`This is a bug in the compiler: no certificate ${id}`);
  const { name, store, sha1, sha256 } = certificate;
  const details = definitions([
    [text(context, 'certificate'), name],
    [text(context, 'store'), text(context, `store-${store}`)],
    [text(context, 'sha1'), html`<code>${sha1}</code>`],
    [text(context, 'sha256'), html`<code>${sha256}</code>`],
  ]);
  // Windows fetches roots of its own trust list; it has no such list for intermediates.
  return html`${details}${store === 'Root' && html`<p>${text(context, 'autoUpdate')}</p>`}`;
}

function versionDetails(context: GuideContext, { product, lines: versionLines }: ProductVersionCheck): Html {
  return html`${definitions([[text(context, 'minimum'), `${product.name[context.language]}: ${product.minimum}`]])}
    <ul>
      ${versionLines.map(
        ({ minimum, below }) =>
          html`<li>${text(context, `line-${below}`, `${minimum.split('.')[0] ?? ''}.x`, minimum)}</li> `,
      )}
      <li>${text(context, 'otherShape')}</li>
    </ul>`;
}
