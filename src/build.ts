import { attestations, type Attestations } from './attest.ts';
import { parseDer } from './authenticode/der.ts';
import { readSignatureBlock } from './authenticode/read-signature-block.ts';
import { readSignedData } from './authenticode/read-signed-data.ts';
import { bundleFiles, type BundleContent } from './bundle.ts';
import { collectResults, failed, ok, type Result } from './diagnostic.ts';
import { keptScripts } from './keep-signed.ts';
import { createLinter, type Linter } from './lint.ts';
import { load, loadCertificates, loadTables } from './load.ts';
import { lower } from './lower.ts';
import { manifestOf, mergeManifests, type Manifest } from './manifest.ts';
import { loadMessages, type MessageCatalog } from './messages.ts';
import { createRenderer } from './render.ts';
import type { BuildTable } from './rule-pack.ts';
import { duplicatePacks, resolve, resolveTable } from './resolve.ts';
import type { Bundle, ResolvedPack, ScriptPlan, UnsignedScript, ValidPack, VerifiedScript } from './script-plan.ts';
import { sealManifest } from './seal.ts';
import { sign } from './sign.ts';
import type { OpenedSigner, Signer } from './signers/signer.ts';
import type { Target } from './targets/target.ts';
import { loadTemplates, type Templates } from './templates.ts';
import type { TimestampOptions } from './timestamp.ts';
import { trustPlan, type TrustCertificates } from './trust-kit.ts';
import { createValidator, type Validator } from './validate.ts';
import { acceptUnsigned, verify } from './verify.ts';
import { readWritten, write, type OutputFolder } from './write.ts';

export interface BuildRequest {
  readonly packs: readonly ResolvedPack[];
  readonly targets: readonly Target[];
  readonly templatesFolder: string;
  readonly toolVersion: string;
  readonly attest?: Attestations;
}

export interface DeliveryRequest extends BuildRequest {
  readonly out: string;
  /** undefined: the user asked for unsigned scripts. */
  readonly opened: OpenedSigner | undefined;
  readonly timestamps: TimestampOptions | undefined;
  readonly now: Date;
  /** Signs the manifest when `opened` cannot: it only repeats signatures that exist. null: nobody does. */
  readonly sealer?: Signer | null;
  /** The signer's key is elsewhere and signed what was asked for, which may leave out install-trust.ps1. */
  readonly withoutTrustScript?: boolean;
  /** Signatures in the output folder that are as good as new ones stay. */
  readonly keepSigned?: boolean;
  /** Called after each signature. */
  readonly onSigned?: () => void;
}

/** Characters that a signature block can take: RSA-4096, two intermediates, with the RFC 3161 token of a public service. */
const signatureReserve = 15_000;

/** load, validate, resolve: pack files become packs whose references all lead somewhere. */
export async function readPacks(paths: readonly string[], schemaFolder: string): Promise<Result<ResolvedPack[]>> {
  const sources = await load(paths);
  if (!sources.ok) return sources;
  const { validate, validateTable } = createValidator(schemaFolder);
  const valid = collectResults(sources.value.map(validate));
  if (!valid.ok) return valid;
  const duplicates = duplicatePacks(valid.value);
  if (duplicates.length > 0) return failed(duplicates);
  const tables = await readTables(valid.value, validateTable);
  if (!tables.ok) return tables;
  const resolved = await Promise.all(
    valid.value.map(async (pack) => {
      const files = await loadCertificates(pack);
      return files.ok ? resolve(pack, files.value, tables.value) : files;
    }),
  );
  return collectResults(resolved);
}

/** load, validate, resolve: the build tables that packs share, by their paths. */
async function readTables(
  packs: readonly ValidPack[],
  validateTable: Validator['validateTable'],
): Promise<Result<Map<string, BuildTable>>> {
  const sources = await loadTables(packs);
  if (!sources.ok) return sources;
  const tables = [...sources.value].map(([path, source]): Result<[string, BuildTable]> => {
    const valid = validateTable(source);
    const table = valid.ok ? resolveTable(valid.value) : valid;
    return table.ok ? ok([path, table.value]) : table;
  });
  const all = collectResults(tables);
  return all.ok ? ok(new Map(all.value)) : all;
}

/** lower, render, lint: packs become scripts that keep every law but have no signature yet. Pure but for the templates. */
export async function compile(request: BuildRequest): Promise<Result<UnsignedScript[]>> {
  return renderAndLint(request, (messages) => request.packs.flatMap((pack) => lower(pack, request.targets, messages)));
}

async function renderAndLint(
  { templatesFolder, toolVersion }: BuildRequest,
  plansOf: (messages: MessageCatalog) => readonly ScriptPlan[],
): Promise<Result<UnsignedScript[]>> {
  const { messages, render } = await sharedParts(templatesFolder, toolVersion);
  const lint = await sharedLinter();
  const scripts = plansOf(messages).map(render);
  const problems = scripts.flatMap((script) => lint(script, { signatureReserve }));
  return problems.length > 0 ? failed(problems) : ok(scripts);
}

/** The same scripts with simulated machine and change functions, for machine tests. */
export async function simulate(request: BuildRequest): Promise<UnsignedScript[]> {
  const messages = await loadMessages(request.templatesFolder);
  const templates = await loadTemplates(request.templatesFolder, { simulated: true });
  const render = createRenderer(templates, request.toolVersion);
  return request.packs.flatMap((pack) => lower(pack, request.targets, messages)).map(render);
}

interface SharedParts {
  readonly messages: MessageCatalog;
  readonly functions: Templates['functions'];
  readonly render: ReturnType<typeof createRenderer>;
}

const parts = new Map<string, Promise<SharedParts>>();

// A build renders twice, the second time when the certificates are known; it reads the templates once.
function sharedParts(templatesFolder: string, toolVersion: string): Promise<SharedParts> {
  const key = `${toolVersion} ${templatesFolder}`;
  const shared = parts.get(key) ?? loadParts(templatesFolder, toolVersion);
  parts.set(key, shared);
  return shared;
}

async function loadParts(templatesFolder: string, toolVersion: string): Promise<SharedParts> {
  const [messages, templates] = await Promise.all([loadMessages(templatesFolder), loadTemplates(templatesFolder)]);
  return { messages, functions: templates.functions, render: createRenderer(templates, toolVersion) };
}

let linter: Promise<Linter> | undefined;

// The grammar takes longer to load than all scripts to check.
function sharedLinter(): Promise<Linter> {
  linter ??= createLinter();
  return linter;
}

/** sign, verify, write: what verifies exactly is written, all or nothing. */
export async function deliver(request: DeliveryRequest, scripts: readonly UnsignedScript[]): Promise<Result<Manifest>> {
  const prepared = await prepare(request, scripts);
  if (!prepared.ok) return prepared;
  const written = await write([prepared.value]);
  return written.ok ? ok(prepared.value.content.manifest) : written;
}

/** sign and verify: everything that one output folder gets. */
export async function prepare(
  request: DeliveryRequest,
  scripts: readonly UnsignedScript[],
): Promise<Result<OutputFolder>> {
  const signed = await signAll(request, scripts);
  if (!signed.ok) return signed;
  const { messages, functions } = await sharedParts(request.templatesFolder, request.toolVersion);
  const texts = { messages, functions };
  const bundles = await Promise.all(request.packs.map((pack) => bundleOf(pack, request, signed.value, texts)));
  const older = await readWritten(request.out);
  if (!older.ok) return older;
  const manifest = mergeManifests(manifestOf(bundles, request.toolVersion), older.value?.manifest);
  const seal = await sealManifest({ manifest, older: older.value, ...request });
  await request.opened?.signer.close?.();
  return seal.ok ? ok({ out: request.out, content: { bundles, manifest, seal: seal.value } }) : seal;
}

/** The scripts, verified, with those of the trust kits, which can be made only when the certificates are known. */
async function signAll(
  request: DeliveryRequest,
  scripts: readonly UnsignedScript[],
): Promise<Result<VerifiedScript[]>> {
  const verified = await signAndVerify(request, scripts);
  if (!verified.ok || request.opened === undefined || request.withoutTrustScript === true) return verified;
  const unsigned = await trustScripts(request, certificatesOf(request.opened, verified.value));
  const trusted = unsigned.ok ? await signAndVerify(request, unsigned.value) : unsigned;
  return trusted.ok ? ok([...verified.value, ...trusted.value]) : trusted;
}

/** render and lint: `install-trust.ps1` of every pack, for these certificates. */
export async function trustScripts(
  request: BuildRequest,
  certificates: TrustCertificates,
): Promise<Result<UnsignedScript[]>> {
  return renderAndLint(request, (messages) => request.packs.map((pack) => trustPlan(pack, certificates, messages)));
}

async function signAndVerify(
  { opened, timestamps, now, onSigned, out, keepSigned = false }: DeliveryRequest,
  scripts: readonly UnsignedScript[],
): Promise<Result<VerifiedScript[]>> {
  if (opened === undefined) return ok(acceptUnsigned(scripts));
  const demand = {
    trust: opened.trust,
    at: now,
    allowEc: opened.signer.allowEc,
    requireTimestamp: timestamps !== undefined,
    ...(timestamps?.trust ? { timestampTrust: timestamps.trust } : {}),
  };
  const kept = await keptScripts(keepSigned ? scripts : [], { out, chain: opened.signer.chain, verify: demand });
  const options = { now, ...(timestamps ? { timestamps } : {}), ...(onSigned ? { onSigned } : {}) };
  const missing = scripts.filter((script) => !kept.has(script));
  const signed = await sign(missing, opened.signer, options);
  if (!signed.ok) return signed;
  const made = new Map(signed.value.map((one) => [one.script, one]));
  return verify(
    scripts.flatMap((script) => kept.get(script) ?? made.get(script) ?? []),
    demand,
  );
}

// Some signers know their chain only from an answer; what was signed carries it.
function certificatesOf(opened: OpenedSigner | undefined, scripts: readonly VerifiedScript[]): TrustCertificates {
  const [first] = scripts;
  if (opened === undefined || first === undefined) return { chain: [], roots: [] };
  const { trust: roots, next, previous } = opened;
  return { chain: chainIn(first.bytes), roots, next, previous };
}

/** DER of the certificates in the signature of a script that verifies, leaf first; none without a signature. */
export function chainIn(bytes: Buffer): readonly Buffer[] {
  const block = readSignatureBlock(bytes);
  return block === undefined ? [] : readSignedData(parseDer(block.cms)).certificates.map(({ raw }) => Buffer.from(raw));
}

async function bundleOf(
  pack: ResolvedPack,
  request: DeliveryRequest,
  all: readonly VerifiedScript[],
  texts: Pick<BundleContent, 'messages' | 'functions'>,
): Promise<Bundle> {
  const scripts = all.filter(({ plan }) => plan.packId === pack.pack.id);
  const targets = request.targets.filter(({ id }) => scripts.some(({ plan }) => plan.target === id));
  const certificates = { signer: scripts[0]?.signature ?? null, ...certificatesOf(request.opened, scripts) };
  const { toolVersion } = request;
  const files = bundleFiles({ pack, targets, scripts, certificates, toolVersion, ...texts });
  const bundle = { packId: pack.pack.id, packVersion: pack.pack.version, scripts, files };
  return { ...bundle, files: [...files, ...(await attestations(pack, bundle, request))] };
}
