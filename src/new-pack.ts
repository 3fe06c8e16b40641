import type { Check, LocalizedText, PackCertificate, Rule, RulePack } from './rule-pack.ts';

/** What somebody who starts a pack has to know. */
export interface NewPack {
  readonly vendor: string;
  readonly product: LocalizedText;
  readonly id: string;
  /** Page with the requirement. */
  readonly source: string;
  /** Day from which it counts, YYYY-MM-DD. */
  readonly effective: string;
  readonly certificates: readonly PackCertificate[];
  /** A registry value that holds the version of the product, and the lowest that will do. */
  readonly version: { readonly key: string; readonly name: string; readonly minimum: string } | undefined;
  /** What the pack and the machines name as their schemas, for editors. */
  readonly schemas: { readonly pack: string; readonly machines: string };
}

/** `acme-agent` for "Acme Agent", of whole words; undefined when nothing is left that an id can be made of. */
export function idFrom(text: string): string | undefined {
  const words =
    text
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const start = words.findIndex((word) => /^[a-z]/.test(word));
  const fitting = words.filter((_, index) => index >= start && words.slice(start, index + 1).join('-').length <= 60);
  return start < 0 || fitting.length === 0 ? undefined : fitting.join('-');
}

/** A pack that builds, with texts to be replaced by better ones: its author knows more than its form. Pure. */
export function newPack(content: NewPack): RulePack {
  const { vendor, product, id, source, effective, certificates, version } = content;
  const page = { title: both(`${vendor}: ${product.en}`, `${vendor}: ${product.ja}`), url: source };
  return {
    $schema: content.schemas.pack,
    id,
    version: '1.0.0',
    title: both(`Requirements of ${product.en}`, `${product.ja} の要件`),
    vendor: both(vendor, vendor),
    product,
    sources: [page],
    effective,
    impact: [
      both(
        `${product.en} may stop working or being updated (see the source).`,
        `${product.ja} が動作しない、または更新されない可能性があります (出典を参照)。`,
      ),
    ],
    support: both(
      'What counts for versions of Windows out of support: see the source.',
      'サポートが終了した Windows の扱いは出典を参照してください。',
    ),
    certificates: [...certificates],
    rules: [
      ...certificates.map((certificate, index) => certificateRule(content, certificate, index)),
      ...(version === undefined ? [] : [versionRule(content, version)]),
    ],
  };
}

const both = (en: string, ja: string): LocalizedText => ({ en, ja });

function ruleId({ id }: NewPack, topic: string): string {
  return `${(id.split('-')[0] ?? '').toUpperCase().slice(0, 20)}-${topic}`;
}

function certificateRule(content: NewPack, { id, name }: PackCertificate, index: number): Rule {
  const { product } = content;
  return {
    id: ruleId(content, index === 0 ? 'CERTIFICATE' : `CERTIFICATE-${index + 1}`),
    severity: 'required',
    title: both(`Certificate ${name}`.slice(0, 200), `証明書 ${name}`.slice(0, 200)),
    why: both(`${product.en} needs it (see the source).`, `${product.ja} に必要です (出典を参照)。`),
    check: { kind: 'certificate', certificate: id },
    remediation: [
      {
        step: 'install-certificate',
        certificate: id,
        text: both('Run fix-cert.ps1 as administrator', 'fix-cert.ps1 を管理者として実行'),
      },
    ],
  };
}

function versionRule(content: NewPack, { key, name, minimum }: NonNullable<NewPack['version']>): Rule {
  const { product } = content;
  return {
    id: ruleId(content, 'VERSION'),
    severity: 'required',
    title: both(`${product.en} ${minimum} or later`, `${product.ja} ${minimum} 以上`),
    why: both(
      'Older versions do not meet the requirement (see the source).',
      'これより古いバージョンは要件を満たしません (出典を参照)。',
    ),
    check: {
      kind: 'registry-value',
      value: { key, name },
      condition: { is: 'version-at-least', version: minimum },
      missing: 'notApplicable',
    },
    remediation: [{ step: 'manual', text: both(`Update ${product.en}`, `${product.ja} を更新`) }],
  };
}

/** A machine for `psmint test`; the form is that of machine-file.schema.json. */
interface NewMachine {
  readonly name: string;
  readonly machine: object;
  readonly expect: { readonly check: { readonly verdict: string; readonly rules: Readonly<Record<string, string>> } };
}

/** The first machines of a pack: everything as asked for, nothing there, one version too old, nothing readable. Pure. */
export function newMachines(content: NewPack): object[] {
  const { rules } = newPack(content);
  const { certificates, version, id, schemas } = content;
  const older = version && versionBelow(version.minimum);
  const good = { ...stores(certificates), ...registry(version, version?.minimum) };
  const stated = (states: (check: Check) => string): Readonly<Record<string, string>> =>
    Object.fromEntries(rules.map((rule) => [rule.id, states(rule.check)]));
  const machines: NewMachine[] = [
    machine(
      'everything as required',
      good,
      stated(() => 'pass'),
    ),
    machine(
      'nothing is there',
      {},
      stated(({ kind }) => (kind === 'certificate' ? 'fail' : 'notApplicable')),
    ),
    ...(older === undefined
      ? []
      : [
          machine(
            'one version too old',
            { ...good, ...registry(version, older) },
            stated(({ kind }) => (kind === 'certificate' ? 'pass' : 'fail')),
          ),
        ]),
    machine(
      'nothing can be read',
      { ...good, deny: denied(content) },
      stated(() => 'unknown'),
    ),
  ];
  return machines.map(({ name, ...rest }) => ({ $schema: schemas.machines, name, pack: id, ...rest }));
}

function machine(name: string, content: object, rules: Readonly<Record<string, string>>): NewMachine {
  const states = Object.values(rules);
  const verdict = ['fail', 'unknown', 'pass'].find((state) => states.includes(state)) ?? 'unknown';
  return { name, machine: content, expect: { check: { verdict, rules } } };
}

function stores(certificates: readonly PackCertificate[]): object {
  if (certificates.length === 0) return {};
  const of = (store: PackCertificate['store']): string[] =>
    certificates.filter((one) => one.store === store).map(({ sha1 }) => sha1);
  return { certificates: { Root: of('Root'), CA: of('CA') } };
}

function registry(version: NewPack['version'], found: string | undefined): object {
  return version && found !== undefined ? { registry: { [version.key]: { [version.name]: found } } } : {};
}

function denied({ certificates, version }: NewPack): string[] {
  return [
    ...new Set(certificates.map(({ store }) => `store:${store}`)),
    ...(version ? [`registry:${version.key}\\${version.name}`] : []),
  ];
}

/** The version just below: its last number that is not 0, less one. undefined for 0. */
function versionBelow(version: string): string | undefined {
  const parts = version.split('.').map(Number);
  const last = parts.findLastIndex((part) => part > 0);
  return last < 0 ? undefined : parts.map((part, index) => (index === last ? part - 1 : part)).join('.');
}
