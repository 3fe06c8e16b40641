import { buildTable } from './guide-builds.ts';
import { definitions, lines, text, type GuideContext } from './guide-text.ts';
import { html, type Html } from './html.ts';
import { conditionText } from './kinds/registry-value.ts';
import type {
  AllOfCheck,
  AnyOfCheck,
  Check,
  FileVersionCheck,
  HotfixCheck,
  ProductVersionCheck,
  RegistryValueCheck,
  ServiceStateCheck,
} from './rule-pack.ts';

/** What exactly a check asks for, and what the scripts make of a computer on which it is not there. */
export function checkDetails(context: GuideContext, check: Check): Html {
  switch (check.kind) {
    case 'os-build':
      return buildTable(context, check);
    case 'certificate':
      return certificateDetails(context, check.certificate);
    case 'product-version':
      return productDetails(context, check);
    case 'all-of':
    case 'any-of':
      return groupDetails(context, check);
    case 'hotfix':
      return hotfixDetails(context, check);
    case 'registry-value':
      return registryDetails(context, check);
    case 'file-version':
      return fileDetails(context, check);
    case 'service-state':
      return serviceDetails(context, check);
    case 'powershell-version':
      return html`<p>${text(context, 'powershellMinimum', check.minimum)}</p>`;
    case 'disk-space':
      return html`<p>${text(context, 'diskMinimum', check.minimumMegabytes.toLocaleString('en-US'))}</p>`;
    case 'secure-boot-certificates':
      return html`<p>${text(context, 'secureBoot')}</p>`;
    case 'pending-reboot':
      return html`<p>${text(context, check.fileRenames === true ? 'noRebootFiles' : 'noReboot')}</p>`;
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

function productDetails(context: GuideContext, { product, lines: versionLines }: ProductVersionCheck): Html {
  return html`${definitions([[text(context, 'minimum'), `${product.name[context.language]}: ${product.minimum}`]])}
    <ul>
      ${versionLines.map(
        ({ minimum, below }) =>
          html`<li>${text(context, `line-${below}`, `${minimum.split('.')[0] ?? ''}.x`, minimum)}</li> `,
      )}
      <li>${text(context, 'otherShape')}</li>
    </ul>`;
}

type Missing = FileVersionCheck['missing'];

function whenMissing(context: GuideContext, missing: Missing): readonly [string, string] {
  return [text(context, 'whenMissing'), text(context, `name-${missing}`)];
}

function registryDetails(context: GuideContext, { value, condition, missing }: RegistryValueCheck): Html {
  return definitions([
    [text(context, 'registryKey'), html`<code>${plainKey(value.key)}</code>`],
    [text(context, 'registryName'), html`<code>${value.name}</code>`],
    [
      text(context, 'registryContent'),
      condition.is === 'present' ? text(context, 'anyContent') : html`<code>${conditionText(condition)}</code>`,
    ],
    whenMissing(context, missing),
  ]);
}

// As the registry editor of 64-bit Windows shows it.
function plainKey(key: string): string {
  return key
    .replace(/^HKLM32:\\SOFTWARE\\/, 'HKLM:\\SOFTWARE\\WOW6432Node\\')
    .replace(/^HKLM(32)?:/, 'HKEY_LOCAL_MACHINE');
}

function fileDetails(context: GuideContext, { files, minimum, missing }: FileVersionCheck): Html {
  return definitions([
    [text(context, 'file'), lines(files.join('\n'))],
    [text(context, 'minimum'), minimum],
    whenMissing(context, missing),
  ]);
}

function serviceDetails(context: GuideContext, { service, startTypes, status, missing }: ServiceStateCheck): Html {
  const types = (startTypes ?? []).map((type) => text(context, `start-${type}`)).join(' / ');
  return definitions([
    [text(context, 'service'), html`<code>${service}</code>`],
    ...(types === '' ? [] : [[text(context, 'startType'), types] as const]),
    ...(status === undefined ? [] : [[text(context, 'serviceStatus'), text(context, `status-${status}`)] as const]),
    whenMissing(context, missing),
  ]);
}

function hotfixDetails(context: GuideContext, { updates, builds, missing }: HotfixCheck): Html {
  const revisions = (builds ?? []).map(({ build, minRevision }) =>
    minRevision === undefined ? `${build}` : text(context, 'hotfixRevision', build, minRevision),
  );
  return definitions([
    [
      text(context, 'hotfixUpdates'),
      html`<ul class="plain">
        ${updates.map(({ kb, supersededBy = [] }) => html`<li>KB${kb}${laterUpdates(context, supersededBy)}</li> `)}
      </ul>`,
    ],
    ...(revisions.length === 0 ? [] : [[text(context, 'hotfixBuilds'), lines(revisions.join('\n'))] as const]),
    [text(context, 'whenMissing'), text(context, `name-${missing}`)],
  ]);
}

function laterUpdates(context: GuideContext, numbers: readonly number[]): string {
  return numbers.length === 0 ? '' : ` ${text(context, 'hotfixLater', numbers.map((kb) => `KB${kb}`).join(', '))}`;
}

function groupDetails(context: GuideContext, { kind, checks }: AllOfCheck | AnyOfCheck): Html {
  return html`<p>${text(context, `group-${kind}`)}</p>
    <ol>
      ${checks.map((check) => html`<li>${checkDetails(context, check)}</li> `)}
    </ol>`;
}
