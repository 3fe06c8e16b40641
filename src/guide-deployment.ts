import { definitions, steps, text, type GuideContext } from './guide-text.ts';
import { html, type Html } from './html.ts';
import { eventRows, labels, startText } from './target-page.ts';
import { scriptNames, type ScriptName } from './script-plan.ts';
import { codeGroups, type ExitCodes, type Target } from './targets/target.ts';

const verdicts = ['pass', 'fail', 'pendingReboot', 'unknown'] as const;
const states = [...verdicts, 'notApplicable'] as const;
const fixStates = ['fixed', 'fixFailed', 'skipped'] as const;

/** How to hand the scripts out: trust first, then target by target as its contract says. */
export function deployment(context: GuideContext): Html {
  return html`<ul>
      ${scriptNames
        .filter((script) => hasScript(context, script))
        .map((script) => html`<li><code>${script}.ps1</code>: ${text(context, `script-${script}`)}</li> `)}
    </ul>
    <p>${text(context, 'trust')}</p>
    ${context.targets.map((target) => targetSection(context, target))}`;
}

function hasScript({ targets }: GuideContext, script: ScriptName): boolean {
  return targets.some(({ scripts }) => scripts.includes(script));
}

function targetSection(context: GuideContext, target: Target): Html {
  const { language } = context;
  // A bundle of many targets is a list to choose from; one of few is read from top to bottom, and printed.
  const open = context.targets.length > 3 ? html`` : html` open`;
  return html`<details class="target" ${open}>
    <summary>
      <h3>${target.title[language]}</h3>
      <span>${target.when[language]}</span>
    </summary>
    ${steps(context, text(context, 'steps'), target.steps)} ${settings(context, target)} ${events(context, target)}
    ${queries(context, target)}
    <h4>${text(context, 'contract')}</h4>
    ${definitions([
      [text(context, 'start'), html`<code>${startText(target, language)}</code>`],
      [text(context, 'bitness'), target.bitness[language]],
      [text(context, 'executionPolicy'), target.executionPolicy[language]],
      [text(context, 'timeout'), target.timeout[language]],
      [text(context, 'answer'), target.answer[language]],
      [
        text(context, 'codes'),
        html`<ul class="plain">
          ${codeItems(context, target)}
        </ul>`,
      ],
    ])}
    <h4>${text(context, 'traps')}</h4>
    <ul>
      ${target.traps.map((trap) => html`<li>${trap[language]}</li> `)}
    </ul>
    ${unconfirmed(context, target)}
  </details> `;
}

function unconfirmed({ language }: GuideContext, target: Target): Html {
  if (target.unconfirmed.length === 0) return html``;
  return html`<h4>${labels.unconfirmed[language]}</h4>
    <ul>
      ${target.unconfirmed.map((note) => html`<li>${note[language]}</li> `)}
    </ul>`;
}

function settings({ language }: GuideContext, { settings: all = [] }: Target): Html {
  if (all.length === 0) return html``;
  const items = all.map(
    ({ name, value, why }) => html`<li><code>${name}</code>: <code>${value}</code>. ${why[language]}</li> `,
  );
  return html`<h4>${labels.settings[language]}</h4>
    <ul>
      ${items}
    </ul>`;
}

function events({ language }: GuideContext, target: Target): Html {
  const rows = eventRows(target, language);
  if (rows.length === 0) return html``;
  const heads = [labels.eventId, labels.eventLevel, labels.eventMeaning].map((label) => label[language]);
  const cells = (row: readonly string[]): Html[] =>
    row.map((cell, index) => html`<td role="cell" data-label="${heads[index] ?? ''}">${cell}</td>`);
  return html`<h4>${labels.events[language]}</h4>
    <p>${labels.eventsText[language]}</p>
    <div class="wide">
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            ${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${rows.map(
            (row) =>
              html`<tr>
                ${cells(row)}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>`;
}

function queries({ language }: GuideContext, { queries: all = [] }: Target): Html {
  if (all.length === 0) return html``;
  const blocks = all.map(
    ({ title, text: query }) =>
      html`<p>${title[language]}</p>
        <pre><code>${query}</code></pre> `,
  );
  return html`<h4>${labels.queries[language]}</h4>
    <p>${labels.queriesText[language]}</p>
    ${blocks}`;
}

/** The codes of each script, told apart where a script has codes of its own. */
function codeItems(context: GuideContext, target: Target): Html[] {
  return codeGroups(target).flatMap(({ script, codes }) => {
    const lines = codeLines(context, codes);
    if (script === undefined) return lines;
    return html`<li>
      <code>${script}.ps1</code>
      <ul class="plain">
        ${lines}
      </ul>
    </li> `;
  });
}

/** One line a code: a channel may have one code for several verdicts. */
function codeLines(context: GuideContext, exitCodes: ExitCodes): Html[] {
  const codes = [...new Set(verdicts.map((verdict) => exitCodes[verdict]))];
  const meaningOf = (code: number): string =>
    verdicts
      .filter((verdict) => exitCodes[verdict] === code)
      .map((verdict) => `${text(context, `name-${verdict}`)} (${verdict})`)
      .join(context.language === 'ja' ? '、' : ', ');
  const items = codes.map((code) => html`<li><code>${code}</code> ${meaningOf(code)}</li> `);
  return codes.includes(1) ? items : [...items, html`<li><code>1</code> ${text(context, 'notRun')}</li>`];
}

/** The last line of every answer and the words in it. */
export function meanings(context: GuideContext): Html {
  const { id, version, rules } = context.pack.pack;
  const fixes = hasScript(context, 'fix-cert');
  const shown = fixes ? [...states, ...fixStates] : states;
  const example = rules.map((rule, index) => `${rule.id}=${index === 0 ? 'unknown' : 'pass'}`).join(' ');
  return html`<p>${text(context, 'line')}</p>
    <pre><code>PSMINT check unknown pack=${id}@${version} ${example} | …</code></pre>
    ${definitions(shown.map((state) => [`${text(context, `name-${state}`)} (${state})`, text(context, `state-${state}`)]))}
    <p>${text(context, 'honest')} ${fixes && text(context, 'honestFix')}</p>`;
}

/** How to find out that a script is the one that was built. */
export function signature(context: GuideContext): Html {
  const [script = 'check'] = context.targets.flatMap(({ scripts }) => scripts);
  return html`<p>${text(context, 'signatureWindows')}</p>
    <pre><code>Get-AuthenticodeSignature .\\${script}.ps1 | Format-List Status, SignerCertificate</code></pre>
    <p>${text(context, 'signatureAny')}</p>
    <pre><code>psmint verify . --trust trust/root.cer</code></pre>
    <p>${text(context, 'neverEdit')}</p>`;
}
