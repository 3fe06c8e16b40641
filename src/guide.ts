import { escapeHtml, html, type Html } from './html.ts';
import type { GuideTexts } from './messages.ts';
import type { Build, OsBuildCheck, Rule, WindowsVersion } from './rule-pack.ts';
import type { Language, ResolvedPack } from './script-plan.ts';
import type { Target } from './targets/target.ts';
import { guideStyle } from './guide-style.ts';

interface GuideContext {
  readonly pack: ResolvedPack;
  readonly targets: readonly Target[];
  readonly language: Language;
  readonly texts: GuideTexts;
}

/** One self-contained page for admins, made from the pack: what, why, tables, by hand, what to do, how to deploy. Pure. */
export function guidePage(
  pack: ResolvedPack,
  targets: readonly Target[],
  language: Language,
  texts: GuideTexts,
): string {
  const context = { pack, targets, language, texts };
  const { title, rules, sources } = pack.pack;
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
        <main>
          <h1>${title[language]}</h1>
          ${overview(context)}
          <h2>${text(context, 'requirements')}</h2>
          ${rules.map((rule) => ruleSection(context, rule))} ${deployment(context)} ${meanings(context)}
          ${closing(context)}
          <h2>${text(context, 'sources')}</h2>
          <ul>
            ${sources.map((source) => html`<li><a href="${source.url}">${source.title[language]}</a> ${source.date}</li> `)}
          </ul>
        </main>
      </body>
    </html> `;
  return page.html;
}

function text({ texts }: GuideContext, key: string, ...values: readonly (string | number)[]): string {
  const found = texts[key];
  if (found === undefined) throw new Error(`This is a bug in the compiler: no guide text "${key}"`);
  return found.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
}

function overview(context: GuideContext): Html {
  const { pack, language } = context;
  const { vendor, product, effective, impact } = pack.pack;
  return html`<h2>${text(context, 'what')}</h2>
    <dl>
      <dt>${text(context, 'vendor')}</dt>
      <dd>${vendor[language]}</dd>
      <dt>${text(context, 'product')}</dt>
      <dd>${product[language]}</dd>
      <dt>${text(context, 'effective')}</dt>
      <dd>${effective}</dd>
    </dl>
    <h3>${text(context, 'impact')}</h3>
    <ul>
      ${impact.map((entry) => html`<li>${entry[language]}</li>`)}
    </ul>`;
}

function ruleSection(context: GuideContext, rule: Rule): Html {
  const { language } = context;
  const steps = (key: string, entries: readonly { readonly [l in Language]: string }[]): Html =>
    entries.length === 0
      ? html``
      : html`<h4>${text(context, key)}</h4>
          <ol>
            ${entries.map((entry) => html`<li>${lines(entry[language])}</li>`)}
          </ol>`;
  return html`<section>
    <h3>${rule.id}: ${rule.title[language]} <small class="${rule.severity}">${text(context, rule.severity)}</small></h3>
    <p>${lines(rule.why[language])}</p>
    ${checkDetails(context, rule)} ${steps('byHand', rule.byHand ?? [])}
    ${steps(
      'whatToDo',
      rule.remediation.map((step) => step.text),
    )}
  </section> `;
}

function lines(value: string): Html {
  return { html: escapeHtml(value).replaceAll('\n', '<br>') };
}

function checkDetails(context: GuideContext, { check }: Rule): Html {
  switch (check.kind) {
    case 'os-build':
      return buildTable(context, check);
    case 'certificate':
      return certificateTable(context, check.certificate);
    case 'product-version':
      return html`<dl>
        <dt>${text(context, 'minimum')}</dt>
        <dd>${check.product.name[context.language]}: ${check.product.minimum}</dd>
      </dl>`;
  }
}

function certificateTable(context: GuideContext, id: string): Html {
  const certificate = context.pack.certificates.find((content) => content.id === id);
  if (certificate === undefined) throw new Error(`This is a bug in the compiler: no certificate ${id}`);
  return html`<dl>
    <dt>${text(context, 'certificate')}</dt>
    <dd>${certificate.name}</dd>
    <dt>${text(context, 'store')}</dt>
    <dd>${certificate.store}</dd>
    <dt>${text(context, 'thumbprints')}</dt>
    <dd class="code">SHA-1 ${certificate.sha1}<br />SHA-256 ${certificate.sha256}</dd>
  </dl>`;
}

// Newest first: that is what most machines run.
function buildTable(context: GuideContext, check: OsBuildCheck): Html {
  const heads = ['windows', 'build', 'requirement', 'endOfSupport'].map((key) => text(context, key));
  const rows = [...check.builds].reverse();
  return html`<h4>${text(context, 'tableOs')}</h4>
    <div class="wide">
      <table>
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => buildRow(context, check, row))}
        </tbody>
      </table>
    </div>
    <p>
      ${text(context, 'later', check.nativeFrom)}: ${text(context, 'native', check.capability[context.language])}
      ${text(context, 'unknownBuilds')}
    </p>`;
}

function buildRow(context: GuideContext, check: OsBuildCheck, row: Build): Html {
  const versions = [row.client, row.server].filter((version) => version !== undefined);
  const names = versions.map((version) => version.name).join(' / ');
  const unlisted = row.vendorListed === false ? html` <small>(${text(context, 'unlisted')})</small>` : html``;
  const advisory =
    row.support === 'native' && row.advisory
      ? html`<br /><small>${row.advisory.text[context.language]}</small>`
      : html``;
  return html`<tr class="${row.support}">
    <th scope="row">${names}${unlisted}</th>
    <td data-label="${text(context, 'build')}">${row.build}</td>
    <td>${requirement(context, check, row)}${advisory}</td>
    <td data-label="${text(context, 'endOfSupport')}">${versions.flatMap((version) => endDates(context, version))}</td>
  </tr> `;
}

function requirement(context: GuideContext, check: OsBuildCheck, row: Build): string {
  switch (row.support) {
    case 'native':
      return text(context, 'native', check.capability[context.language]);
    case 'revision':
      return text(context, 'revision', `${row.build}.${row.minRevision}`, `KB${row.update.kb}`, row.update.date);
    case 'rollup':
      return text(context, 'rollup', row.update.kb, row.update.date, row.securityOnly);
    case 'never':
      return text(context, 'never');
  }
}

function endDates(context: GuideContext, version: WindowsVersion): Html[] {
  return version.endOfSupport.map(({ editions, date, extended }) => {
    const more = extended === undefined ? '' : ` (${text(context, 'extended', extended)})`;
    return html`<div>${text(context, `edition-${editions}`)}: <span class="date">${date}</span>${more}</div>`;
  });
}

function deployment(context: GuideContext): Html {
  const { targets, language } = context;
  return html`<h2>${text(context, 'deploy')}</h2>
    <p>${text(context, 'scripts')}</p>
    ${targets.map(
      (target) =>
        html`<section>
          <h3>${target.title[language]}</h3>
          <ol>
            ${target.steps.map((step) => html`<li>${step[language]}</li>`)}
          </ol>
          <dl>
            <dt>${text(context, 'start')}</dt>
            <dd class="code">${target.start}</dd>
            <dt>${text(context, 'answer')}</dt>
            <dd>${target.answer[language]}</dd>
            <dt>${text(context, 'codes')}</dt>
            <dd>
              ${Object.entries(target.exitCodes)
                .map(([verdict, code]) => `${code} = ${verdict}`)
                .join(', ')}
            </dd>
          </dl>
          <h4>${text(context, 'traps')}</h4>
          <ul>
            ${target.traps.map((trap) => html`<li>${trap[language]}</li>`)}
          </ul>
        </section> `,
    )}`;
}

function meanings(context: GuideContext): Html {
  const rows = ['pass', 'fail', 'pendingReboot', 'unknown'].map(
    (verdict) =>
      html`<dt class="code">${verdict}</dt>
        <dd>${text(context, verdict)}</dd>`,
  );
  return html`<h2>${text(context, 'verdicts')}</h2>
    <dl>
      ${rows}
      <dt class="code">1</dt>
      <dd>${text(context, 'notRun')}</dd>
    </dl>
    <h2>${text(context, 'signature')}</h2>
    <p>${text(context, 'signatureText')}</p>`;
}

function closing(context: GuideContext): Html {
  const { pack, language } = context;
  const { support, contact } = pack.pack;
  return html`<h2>${text(context, 'support')}</h2>
    <p>${lines(support[language])}</p>
    ${
      contact &&
      html`<h2>${text(context, 'contact')}</h2>
        <p>${contact.name[language]}</p>
        <ul>
          ${(contact.details ?? []).map((detail) => html`<li>${detail[language]}</li>`)}${contact.url && html`<li><a href="${contact.url}">${contact.url}</a></li>`}
        </ul>`
    }`;
}
