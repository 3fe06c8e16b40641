import type { Check, RegistryValueName, Rule } from '../../src/rule-pack.ts';
import type { ResolvedPack } from '../../src/script-plan.ts';

/** Text that breaks whatever takes it for code: quotes of every sort, escapes, variables, line ends, braces, a signature. */
export const hostileText = [
  `'; exit 99; '`,
  '"; exit 99; "',
  '\u2018; exit 99; \u2019 \u201a \u201b \u201c \u201d \u201e',
  '`" `n $(exit 99) ${env:PATH} $PSCmdlet @args',
  "'@\n\"@\r\n@'\n#> <# ",
  '{{name}} {{{x}}} {{#if a}} {0} {1}',
  '# SIG # Begin signature block',
  '\\u0041 \\ \\\\ C:\\dir\\',
  '\u8a3c\u660e\u66f8 \ud83d\ude00 \ud83d \u0007 <b>&amp;</b>',
].join(' ');

const title = { en: `Hostile pack ${hostileText}`, ja: '\u5c0f\u3055\u306a\u30d1\u30c3\u30af' };
const sha1 = '0123456789ABCDEF0123456789ABCDEF01234567';

/** Hostile texts wherever a pack may hold text; the kinds that it has no rule of are in `otherKindsPack`. */
export const hostilePack: ResolvedPack = {
  path: 'rules/hostile-pack.json',
  certificates: [
    {
      id: 'small-root',
      name: 'Small Root',
      store: 'Root',
      sha1,
      sha256: `${sha1}0123456789ABCDEF01234567`,
      pem: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    },
    { id: 'unused', name: 'Unused', store: 'CA', sha1, sha256: sha1, pem: 'unused\n' },
  ],
  pack: {
    id: 'hostile-pack',
    version: '1.2.3',
    title,
    vendor: title,
    product: title,
    sources: [{ title, url: 'https://example.com/a' }],
    effective: '2024-01-31',
    impact: [title],
    support: title,
    certificates: [],
    rules: [
      {
        id: 'SMALL-OS',
        severity: 'required',
        title,
        why: title,
        check: {
          kind: 'os-build',
          capability: title,
          article: { title, url: 'https://example.com/kb' },
          nativeFrom: 22_000,
          builds: [
            {
              support: 'rollup',
              build: 9600,
              minRevision: 20_130,
              update: { kb: 5_006_714, date: '2021-10-12' },
              securityOnly: 5_106_729,
              rollups: [5_006_714, 5_007_247],
              laterSecurityOnly: [5_007_255],
              server: { name: 'Windows Server 2012 R2', endOfSupport: [{ editions: 'server', date: '2023-10-10' }] },
            },
            {
              support: 'revision',
              build: 19_041,
              minRevision: 1266,
              update: { kb: 5_005_611, date: '2021-09-30' },
              client: { name: 'Windows 10 2004', endOfSupport: [{ editions: 'home-pro', date: '2021-12-14' }] },
            },
            { support: 'native', build: 19_045 },
            { support: 'never', build: 10_586 },
          ],
          unlisted: [10_586],
          advisories: [{ build: 19_045, belowRevision: 5, text: title }],
        },
        remediation: [{ step: 'manual', text: title }],
      },
      {
        id: 'SMALL-ROOT',
        severity: 'required',
        title,
        why: title,
        check: { kind: 'certificate', certificate: 'small-root' },
        remediation: [{ step: 'install-certificate', certificate: 'small-root', text: title }],
      },
      {
        id: 'SMALL-AGENT',
        severity: 'recommended',
        title,
        why: title,
        check: {
          kind: 'product-version',
          product: { name: title, minimum: '6.7.3237' },
          keys: ['HKLM:\\SOFTWARE\\Small'],
          productName: {
            values: [{ key: 'HKLM:\\SOFTWARE\\Small', name: 'Name' }],
            accepted: [hostileText],
            other: ['Other'],
          },
          ownKeys: ['HKLM32:\\SOFTWARE\\Small\\Own'],
          versions: [{ key: 'HKLM:\\SOFTWARE\\Small', name: 'Version' }],
          lines: [{ minimum: '6.7.3237', comparableFrom: '6.7.0', below: 'fail' }],
        },
        remediation: [{ step: 'manual', text: title }],
      },
    ],
  },
};

function otherRules(): Rule[] {
  const { registry, folder } = { registry: 'HKLM:\\SOFTWARE\\Small', folder: '%ProgramFiles(x86)%\\Small' };
  const ascii = hostileText.replaceAll(/[^ -~]/g, '').slice(0, 200);
  const value = (name: string): RegistryValueName => ({ key: registry, name });
  const checks: Readonly<Record<string, Check>> = {
    'SMALL-VALUE': {
      kind: 'registry-value',
      value: value("It's {{here}}"),
      condition: { is: 'one-of', values: [1, ascii] },
      missing: 'fail',
    },
    'SMALL-FILE': {
      kind: 'file-version',
      files: [`${folder}\\it's {{here}}.exe`, '%SystemRoot%\\System32\\small.dll'],
      minimum: '5.2',
      missing: 'notApplicable',
    },
    'SMALL-SERVICE': {
      kind: 'service-state',
      service: 'Small$Service',
      startTypes: ['automatic', 'manual'],
      status: 'running',
      missing: 'fail',
    },
    'SMALL-POWERSHELL': { kind: 'powershell-version', minimum: '5.1' },
    'SMALL-SPACE': { kind: 'disk-space', minimumMegabytes: 20_480 },
    'SMALL-RESTART': { kind: 'pending-reboot', fileRenames: true },
    'SMALL-HOTFIX': {
      kind: 'hotfix',
      updates: [{ kb: 4_474_419, supersededBy: [4_536_952] }, { kb: 4_490_628 }],
      builds: [{ build: 7601, minRevision: 24_544 }, { build: 9600 }],
      missing: 'fail',
    },
    'SMALL-GROUP': {
      kind: 'any-of',
      checks: [
        { kind: 'disk-space', minimumMegabytes: 1 },
        {
          kind: 'all-of',
          checks: [
            { kind: 'pending-reboot' },
            { kind: 'registry-value', value: value('Deep'), condition: { is: 'present' }, missing: 'fail' },
            { kind: 'disk-space', minimumMegabytes: 2 },
          ],
        },
      ],
    },
    'SMALL-OTHER-GROUP': { kind: 'all-of', checks: [{ kind: 'pending-reboot' }, { kind: 'pending-reboot' }] },
  };
  return rulesOf(checks);
}

function rulesOf(checks: Readonly<Record<string, Check>>): Rule[] {
  const text = { en: 'Small', ja: '小さい' };
  return Object.entries(checks).map(([id, check]) => {
    return { id, severity: 'required', title: text, why: text, check, remediation: [{ step: 'manual', text }] };
  });
}

/** A rule of every other kind: one script of all would be longer than a script may be. */
export const otherKindsPack: ResolvedPack = {
  ...hostilePack,
  path: 'rules/other-kinds.json',
  pack: { ...hostilePack.pack, id: 'other-kinds', rules: otherRules() },
};

/** The kinds for which a script of the others has no room left. */
export const moreKindsPack: ResolvedPack = {
  ...hostilePack,
  path: 'rules/more-kinds.json',
  pack: {
    ...hostilePack.pack,
    id: 'more-kinds',
    rules: rulesOf({ 'SMALL-BOOT': { kind: 'secure-boot-certificates' } }),
  },
};
