import { X509Certificate } from 'node:crypto';
import { leafChecks, tableNames, tableOf, tablePath } from './checks.ts';
import { contradictions, tableContradictions, type RowProblem } from './contradictions.ts';
import { diagnostic, failed, ok, type Diagnostic, type Result } from './diagnostic.ts';
import type { BuildTable, Check, PackCertificate } from './rule-pack.ts';
import type { CertificateContent, ResolvedPack, ValidPack, ValidTable } from './script-plan.ts';
import type { JsonPath, Source } from './source.ts';

type Tables = ReadonlyMap<string, BuildTable>;

/**
 * Follows every reference of a pack. `files` holds the certificate files by the name that the pack has for them, `tables` the
 * build tables by their paths. A resolved pack has unique ids, references that lead somewhere, certificates that are the ones
 * it describes, and the tables that it names in its checks.
 */
export function resolve(
  valid: ValidPack,
  files: ReadonlyMap<string, Buffer>,
  tables: Tables = new Map(),
): Result<ResolvedPack> {
  const { source, pack } = valid;
  const { tools = [] } = pack;
  const own = new Map(tableNames(pack).map((name) => [name, tableAt(tables, tablePath(source.path, name))]));
  const certificates = pack.certificates.map((certificate, index) => readCertificate(valid, certificate, index, files));
  const problems = [
    ...duplicateIds(source, ['rules'], pack.rules, 'id'),
    ...duplicateIds(source, ['certificates'], pack.certificates, 'id'),
    ...duplicateIds(source, ['tools'], tools, 'id'),
    ...duplicateIds(source, ['tools'], tools, 'parameter'),
    ...unknownReferences(valid),
    ...certificates.flatMap((result) => (result.ok ? [] : result.diagnostics)),
    ...contradictions(pack, own).map((problem) => rowProblem(source, problem)),
  ];
  if (problems.length > 0) return failed(problems);
  const contents = certificates.flatMap((result) => (result.ok ? [result.value] : []));
  const rules = pack.rules.map((rule) => ({ ...rule, check: withTable(rule.check, own) }));
  return ok({ pack: { ...pack, rules }, path: source.path, certificates: contents });
}

/** Looks at a build table for itself: packs that share it need not do it again. */
export function resolveTable({ source, table }: ValidTable): Result<BuildTable> {
  const problems = tableContradictions(table).map((problem) => rowProblem(source, problem));
  return problems.length > 0 ? failed(problems) : ok(table);
}

function tableAt(tables: Tables, path: string): BuildTable {
  const table = tables.get(path);
  if (table === undefined) throw new Error(`This is a bug in the compiler: ${path} was not loaded`);
  return table;
}

function withTable(check: Check, tables: Tables): Check {
  if ('checks' in check) return { ...check, checks: check.checks.map((inner) => withTable(inner, tables)) };
  const table = check.kind === 'os-build' && check.table !== undefined ? tables.get(check.table) : undefined;
  return table === undefined ? check : { ...check, ...tableOf({ kind: 'os-build', ...table }) };
}

/** Packs that would write into the same folder. */
export function duplicatePacks(packs: readonly ValidPack[]): Diagnostic[] {
  return packs.flatMap(({ source, pack }, index) => {
    const first = packs.slice(0, index).find((other) => other.pack.id === pack.id);
    if (first === undefined) return [];
    const place = { path: ['id'], target: 'value' } as const;
    return [
      diagnostic('duplicate-pack', {
        message: `The pack id "${pack.id}" stands in two packs.`,
        at: { source, ...place },
        related: [{ message: 'It stands here first.', at: { source: first.source, ...place } }],
      }),
    ];
  });
}

// PowerShell does not tell the cases of parameters apart; ids are of lower or of upper case alone.
function duplicateIds<K extends string>(
  source: Source,
  list: JsonPath,
  items: readonly { readonly [name in K]: string }[],
  name: K,
): Diagnostic[] {
  return items.flatMap((item, index) => {
    const first = items.findIndex((other) => other[name].toLowerCase() === item[name].toLowerCase());
    if (first === index) return [];
    const place = (at: number): { source: Source; path: JsonPath; target: 'value' } => ({
      source,
      path: [...list, at, name],
      target: 'value',
    });
    return [
      diagnostic('duplicate-id', {
        message: `The ${name} "${item[name]}" stands twice.`,
        at: place(index),
        related: [{ message: 'It stands here first.', at: place(first) }],
      }),
    ];
  });
}

interface Reference {
  readonly id: string;
  readonly path: JsonPath;
}

function unknownReferences({ source, pack }: ValidPack): Diagnostic[] {
  const steps = pack.rules.flatMap(({ remediation }, rule) =>
    remediation.map((step, index) => ({ step, path: ['rules', rule, 'remediation', index] })),
  );
  const checks = pack.rules.flatMap(({ check }, rule) => leafChecks(check, ['rules', rule, 'check']));
  const certificates = [
    ...checks.flatMap(({ check, path }) =>
      check.kind === 'certificate' ? [{ id: check.certificate, path: [...path, 'certificate'] }] : [],
    ),
    ...steps.flatMap(({ step, path }) =>
      step.step === 'install-certificate' ? [{ id: step.certificate, path: [...path, 'certificate'] }] : [],
    ),
  ];
  const tools = steps.flatMap(({ step, path }) =>
    step.step === 'run-tool' ? [{ id: step.tool, path: [...path, 'tool'] }] : [],
  );
  return [
    ...unknownOnes(source, 'certificate', certificates, pack.certificates),
    ...unknownOnes(source, 'tool', tools, pack.tools ?? []),
  ];
}

function unknownOnes(
  source: Source,
  what: 'certificate' | 'tool',
  references: readonly Reference[],
  items: readonly { readonly id: string }[],
): Diagnostic[] {
  const known = items.map(({ id }) => id);
  return references
    .filter(({ id }) => !known.includes(id))
    .map(({ id, path }) =>
      diagnostic('unknown-reference', {
        message: `The pack has no ${what} "${id}".`,
        help: known.length === 0 ? `Add it to "${what}s".` : `Its ${what}s are ${known.join(', ')}.`,
        at: { source, path, target: 'value' },
      }),
    );
}

function readCertificate(
  { source }: ValidPack,
  certificate: PackCertificate,
  index: number,
  files: ReadonlyMap<string, Buffer>,
): Result<CertificateContent> {
  const bytes = files.get(certificate.file);
  if (bytes === undefined) throw new Error(`This is a bug in the compiler: ${certificate.file} was not loaded`);
  const place = (name: string): NonNullable<Diagnostic['at']> => ({
    source,
    path: ['certificates', index, name],
    target: 'value',
  });
  const pem = onlyPemBlock(bytes);
  const x509 = pem === undefined ? undefined : parseCertificate(pem);
  if (pem === undefined || x509 === undefined) {
    const message = `"${certificate.file}" is not one certificate in PEM form.`;
    return failed([diagnostic('certificate-unreadable', { message, at: place('file') })]);
  }
  const problems = mismatches(certificate, x509).map(({ name, message }) =>
    diagnostic('certificate-mismatch', { message, at: place(name) }),
  );
  if (problems.length > 0) return failed(problems);
  const { id, name, store, sha1, sha256 } = certificate;
  return ok({ id, name, store, sha1, sha256, pem });
}

// RFC 7468; text around the block is allowed there, but would travel into the scripts, so it is not taken.
function onlyPemBlock(bytes: Buffer): string | undefined {
  const text = bytes.toString('latin1').replaceAll(/\r\n?/g, '\n').trim();
  const form = /^-----BEGIN CERTIFICATE-----\n(?:[A-Za-z0-9+/=]{1,76}\n)+-----END CERTIFICATE-----$/;
  return form.test(text) ? text : undefined;
}

function parseCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function mismatches(certificate: PackCertificate, x509: X509Certificate): { name: string; message: string }[] {
  const sha1 = x509.fingerprint.replaceAll(':', '');
  const sha256 = x509.fingerprint256.replaceAll(':', '');
  const commonName = /^CN=(.*)$/m.exec(x509.subject)?.[1] ?? '';
  const isRoot = x509.checkIssued(x509) && x509.verify(x509.publicKey);
  const checks: readonly (readonly [wrong: boolean, name: string, message: string])[] = [
    [sha1 !== certificate.sha1, 'sha1', `The certificate in "${certificate.file}" has the SHA-1 thumbprint ${sha1}.`],
    [
      sha256 !== certificate.sha256,
      'sha256',
      `The certificate in "${certificate.file}" has the SHA-256 thumbprint ${sha256}.`,
    ],
    [commonName !== certificate.name, 'name', `The certificate in "${certificate.file}" is called "${commonName}".`],
    [!x509.ca, 'file', `The certificate in "${certificate.file}" is not one of an authority.`],
    [certificate.store === 'Root' && !isRoot, 'store', 'Only a certificate that signed itself belongs into Root.'],
    [certificate.store === 'CA' && isRoot, 'store', 'A certificate that signed itself belongs into Root, not into CA.'],
  ];
  return checks.filter(([wrong]) => wrong).map(([, name, message]) => ({ name, message }));
}

function rowProblem(source: Source, { code, message, path, other }: RowProblem): Diagnostic {
  const at = { source, path, target: 'value' } as const;
  const related = other && [{ message: 'The other place.', at: { source, path: other, target: 'value' as const } }];
  return diagnostic(code, { message, at, ...(related ? { related } : {}) });
}
