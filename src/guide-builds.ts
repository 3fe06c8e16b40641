import { tableOf } from './checks.ts';
import { html, type Html } from './html.ts';
import { text, type GuideContext } from './guide-text.ts';
import type { Build, OsBuildCheck, WindowsVersion } from './rule-pack.ts';

type EndOfSupport = WindowsVersion['endOfSupport'][number];

/** The vendor's table: each Windows build, what it needs, and until when Microsoft services it. Newest first. */
export function buildTable(context: GuideContext, check: OsBuildCheck): Html {
  const heads = ['windows', 'build', 'requirement', 'endOfSupport'].map((key) => text(context, key));
  const { builds, nativeFrom, capability: name } = tableOf(check);
  const capability = name[context.language];
  return html`<h4>${text(context, 'tableOs')}</h4>
    <p>${text(context, 'tableNote', capability)}</p>
    <div class="wide">
      <table class="builds" role="table">
        <thead role="rowgroup">
          <tr role="row">
            ${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th> `)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${[...builds].reverse().map((row) => buildRow(context, capability, row, check))}
        </tbody>
      </table>
    </div>
    <ul class="notes">
      <li>${text(context, 'later', nativeFrom, capability)}</li>
      <li>${text(context, 'unknownBuilds')}</li>
      <li>${text(context, 'supersedes')}</li>
      <li>${text(context, 'tooLate')}</li>
    </ul>`;
}

// The roles say again what the elements are: a table that is shown as cards on a phone loses them otherwise.
function buildRow(context: GuideContext, capability: string, row: Build, check: OsBuildCheck): Html {
  const versions = [row.client, row.server].filter((version) => version !== undefined);
  const note = check.advisories?.find(({ build }) => build === row.build)?.text[context.language];
  const isUnlisted = check.unlisted?.includes(row.build) === true;
  return html`<tr class="${row.support}" role="row">
    <th scope="row" role="rowheader">
      ${versions.map(({ name }) => html`<div>${name}</div> `)}${isUnlisted && html`<small>${text(context, 'unlisted')}</small>`}
    </th>
    <td role="cell" data-label="${text(context, 'build')}">${row.build}</td>
    <td role="cell" class="need">
      ${requirement(context, capability, row)}${note !== undefined && html`<div class="more">${note}</div>`}
    </td>
    <td role="cell" data-label="${text(context, 'endOfSupport')}">
      ${versions.flatMap((version) => merged(version.endOfSupport).map((end) => endDate(context, row, end)))}
    </td>
  </tr> `;
}

function requirement(context: GuideContext, capability: string, row: Build): Html {
  const cell = (key: string, detail: string, ...values: readonly (string | number)[]): Html =>
    html`<strong>${text(context, key, ...values)}</strong>
      <div class="more">${detail}</div> `;
  switch (row.support) {
    case 'native':
      return cell('native', text(context, 'nativeMore', capability));
    case 'revision': {
      const { kb, date } = row.update;
      return cell('revision', text(context, 'revisionMore', kb, date), `${row.build}.${row.minRevision}`);
    }
    case 'rollup': {
      const { kb, date } = row.update;
      const server = row.appliesTo === 'server' && html`<div class="more">${text(context, 'serverOnly')}</div>`;
      return html`${cell('rollup', text(context, 'rollupMore', kb, row.securityOnly), date.slice(0, 7))}${server}`;
    }
    case 'never':
      return cell('never', text(context, 'neverMore'));
  }
}

/** Editions with the same dates are one line. */
function merged(ends: readonly EndOfSupport[]): (Omit<EndOfSupport, 'editions'> & { readonly editions: string[] })[] {
  const same = (end: EndOfSupport): string => `${end.date} ${end.extended ?? ''}`;
  return [...new Set(ends.map(same))].map((key) => {
    const group = ends.filter((end) => same(end) === key);
    const [{ date, extended } = { date: '' }] = group;
    const editions = group.map((end) => end.editions);
    return extended === undefined ? { date, editions } : { date, extended, editions };
  });
}

// Whether an edition was out of service when the update came is a comparison of two dates of the pack, not of a clock.
function endDate(context: GuideContext, row: Build, end: ReturnType<typeof merged>[number]): Html {
  const editions = end.editions.map((edition) => text(context, `edition-${edition}`)).join(' / ');
  const isTooLate = 'update' in row && (end.extended ?? end.date) < row.update.date;
  const extended =
    end.extended !== undefined && html` <span class="date">${text(context, 'extended', end.extended)}</span>`;
  return html`<div class="end">
    <span class="date">${end.date}</span>
    ${editions}${extended}${isTooLate && html` <abbr title="${text(context, 'tooLate')}">※</abbr>`}
  </div> `;
}
