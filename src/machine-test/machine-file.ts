import type { Result } from '../diagnostic.ts';
import { valueOf, type Source } from '../source.ts';
import type { Step } from './steps.ts';

export const languageModes = ['FullLanguage', 'ConstrainedLanguage'] as const;
export type LanguageMode = (typeof languageModes)[number];

const stores = ['Root', 'AuthRoot', 'CA', 'Disallowed'] as const;
type Store = (typeof stores)[number];

/** Shapes of rules/schema/machine-file.schema.json. */
export type MachineFile = MachineTest | readonly MachineTest[];

export interface MachineTest {
  readonly name: string;
  readonly pack: string;
  readonly target?: string;
  /** Values of parameters of fix-cert, by name. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly machine: Machine;
  readonly expect: Readonly<Partial<Record<Step, Expectation>>>;
}

export interface Machine {
  readonly registry?: Readonly<Record<string, Readonly<Record<string, RegistryValue>>>>;
  readonly certificates?: Readonly<Partial<Record<Store, readonly string[]>>>;
  readonly hotFixes?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  /** Bytes. */
  readonly freeSpace?: number;
  readonly services?: Readonly<Record<string, string>>;
  /** Names of certificates by Secure Boot variable. */
  readonly firmware?: Readonly<Partial<Record<'db' | 'KEK', readonly string[]>>>;
  readonly eventLog?: readonly SimulatedEvent[];
  /** Tools of a vendor by path. */
  readonly tools?: Readonly<Record<string, SimulatedTool>>;
  readonly host?: Host;
  readonly deny?: readonly string[];
  readonly faults?: readonly string[];
}

export interface SimulatedEvent {
  readonly provider: string;
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly time: string;
}

export interface SimulatedTool {
  readonly signature: string;
  readonly signer: string;
  readonly adds?: readonly string[];
  readonly log?: string;
}

export type RegistryValue = string | number | readonly string[];

export interface Host {
  readonly powershell?: string;
  readonly language?: LanguageMode;
  readonly bits?: 32 | 64;
  readonly windowsBits?: 32 | 64;
  readonly elevated?: boolean;
  readonly culture?: string;
}

export interface Expectation {
  readonly verdict?: string;
  readonly exitCode?: number;
  readonly rules?: Readonly<Record<string, string>>;
  readonly messages?: Readonly<Record<string, string>>;
  readonly events?: readonly number[];
  readonly history?: readonly string[];
}

/** A machine test and the file that it stands in. */
export interface PlacedMachineTest {
  readonly path: string;
  readonly test: MachineTest;
}

/** Checks a source against a schema of rules/schema, named by file and definition. */
export type ValidateAs = (schema: string, source: Source) => Result<unknown>;

/** All machine tests of some files, in order; or every mistake of all files at once. */
export function readMachineTests(
  sources: readonly Source[],
  validateAs: ValidateAs,
): Result<readonly PlacedMachineTest[]> {
  const results = sources.map((source) => ({ source, result: readMachineFile(source, validateAs) }));
  const diagnostics = results.flatMap(({ result }) => (result.ok ? [] : result.diagnostics));
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  const value = results.flatMap(({ source, result }) =>
    result.ok ? [result.value].flat().map((test) => ({ path: source.path, test })) : [],
  );
  return { ok: true, value };
}

function readMachineFile(source: Source, validateAs: ValidateAs): Result<MachineFile> {
  // One definition at a time: the mistakes of a list are not mixed with those of a single machine.
  const definition = Array.isArray(valueOf(source)) ? 'MachineList' : 'MachineTest';
  const result = validateAs(`machine-file.schema.json#/definitions/${definition}`, source);
  // A value that passes the schema has the shape that is written down above.
  return result.ok ? { ok: true, value: result.value as MachineFile } : result;
}

/** A machine as the PowerShell runner takes it: lists only, because JSON objects lose names that differ in case alone. */
export function machineDescription(machine: Machine): object {
  const { registry = {}, certificates = {}, files = {}, services = {}, tools = {}, firmware = {}, host = {} } = machine;
  return {
    registry: Object.entries(registry).map(([key, values]) => ({
      key,
      values: Object.entries(values).map(([name, value]) => ({ name, value })),
    })),
    certificates: stores.flatMap((store) => (certificates[store] ?? []).map((thumbprint) => ({ store, thumbprint }))),
    hotFixes: machine.hotFixes ?? [],
    files: Object.entries(files).map(([path, version]) => ({ path, version })),
    freeSpace: machine.freeSpace ?? null,
    services: Object.entries(services).map(([name, status]) => ({ name, status })),
    firmware: Object.entries(firmware).map(([variable, names]) => ({ variable, names })),
    eventLog: machine.eventLog ?? [],
    tools: Object.entries(tools).map(([path, tool]) => ({ path, adds: [], log: '', ...tool })),
    host: {
      powershell: host.powershell ?? '5.1',
      bits: host.bits ?? 64,
      windowsBits: host.windowsBits ?? 64,
      elevated: host.elevated ?? true,
      culture: host.culture ?? 'en-US',
    },
    deny: machine.deny ?? [],
    faults: machine.faults ?? [],
  };
}
