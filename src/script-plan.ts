import type { BuildTable, LocalizedText, RepairTool, RulePack } from './rule-pack.ts';
import type { Source } from './source.ts';

/** Languages that every output text exists in. */
export const languages = ['en', 'ja'] as const;
export type Language = (typeof languages)[number];

export const scriptNames = ['check', 'fix-cert', 'report'] as const;
export type ScriptName = (typeof scriptNames)[number];

/** A text in the languages that a script carries; a message also has the keys of its advice. */
export type ScriptText = { readonly en: string; readonly do?: string } & { readonly [language in Language]?: string };

/** Every script that is signed: those of the targets, and the one of the trust kit. */
export type SignedScriptName = ScriptName | 'install-trust';

/** What a PowerShell literal can hold; there is no other way for a value into a script. A map is a table that keeps its order. */
export type PsValue = string | number | boolean | null | readonly PsValue[] | PsTable | ReadonlyMap<string, PsValue>;
export type PsTable = { readonly [name: string]: PsValue };

/**
 * One read of the machine. A script reads nothing that is not listed, so the list is also what a reviewer is told.
 * Registry keys are written `HKLM:\…` (64-bit view) or `HKLM32:\…` (32-bit view).
 */
export type MachineRead =
  | { readonly read: 'RegistryValue'; readonly key: string; readonly name: string }
  | { readonly read: 'RegistryKey'; readonly key: string }
  | { readonly read: 'ServicingPackage'; readonly pattern: string }
  | { readonly read: 'Certificate'; readonly store: string; readonly thumbprint: string }
  | { readonly read: 'HotFix' }
  /** The path begins with a drive or with %SystemRoot%, %ProgramFiles%, %ProgramFiles(x86)% or %ProgramData%. */
  | { readonly read: 'FileVersion'; readonly path: string }
  | { readonly read: 'Service'; readonly name: string }
  /** Of the drive that Windows is on. */
  | { readonly read: 'FreeSpace' }
  /** Secure Boot variable of the firmware. */
  | { readonly read: 'FirmwareVariable'; readonly name: 'db' | 'KEK' }
  /** The newest event of a provider with one of these IDs. */
  | { readonly read: 'Event'; readonly log: string; readonly provider: string; readonly ids: readonly number[] };

/** A read in a rule: `role` is the name under which the rule's function finds the fact. */
export interface RuleRead {
  readonly role: string;
  readonly request: MachineRead;
  /** Read only when the cheap facts leave the question open. */
  readonly slow: boolean;
}

/** What a kind makes of a check. */
export interface LoweredCheck {
  /** PowerShell function that turns facts into the finding, for example `Test-OsBuild`. */
  readonly command: string;
  /** Of a group all reads of its checks: what a script reads is decided by rules alone. */
  readonly reads: readonly RuleRead[];
  /** The kind's own parameters. */
  readonly parameters: PsTable;
  /** The checks of a group, in their order. */
  readonly members?: readonly LoweredMember[];
}

/** A check in a group: judged like a rule, by facts that the rule has read. */
export interface LoweredMember extends LoweredCheck {
  /** What findings of the group call it, for example `1 hotfix`. */
  readonly id: string;
}

/** What `lower` makes of one rule. */
export interface LoweredRule extends LoweredCheck {
  readonly id: string;
  readonly kind: string;
  readonly severity: 'required' | 'recommended';
  readonly title: LocalizedText;
  readonly why: LocalizedText;
  readonly remediation: readonly LocalizedText[];
  /** Certificate ids that fix-cert may add for this rule. */
  readonly installs: readonly string[];
  /** Id of the vendor's tool that fix-cert may run for it. */
  readonly tool?: string;
}

export interface CertificateContent {
  readonly id: string;
  readonly name: string;
  readonly store: 'Root' | 'CA' | 'TrustedPublisher';
  readonly sha1: string;
  readonly sha256: string;
  /** PEM text with LF line ends, ASCII. */
  readonly pem: string;
}

/** A pack that follows the format; only `validate` makes one. */
export interface ValidPack {
  readonly source: Source;
  readonly pack: RulePack;
}

/** A build table of a file that follows the format; only `validate` makes one. */
export interface ValidTable {
  readonly source: Source;
  readonly table: BuildTable;
}

/** A pack whose references all lead somewhere; only `resolve` makes one. */
export interface ResolvedPack {
  readonly pack: RulePack;
  /** Path of the pack file as the user named it. */
  readonly path: string;
  readonly certificates: readonly CertificateContent[];
}

export interface RunEvent {
  readonly id: number;
  readonly type: 'Information' | 'Warning' | 'Error';
}

/** Everything `render` needs for one script; no PowerShell text in it. */
export interface ScriptPlan {
  readonly packId: string;
  readonly packVersion: string;
  readonly title: LocalizedText;
  /** Address that signatures give for more information: that of the pack's contact, ASCII. */
  readonly moreInfo?: string;
  readonly target: string;
  readonly script: SignedScriptName;
  /** Path inside the output folder, for example `trendmicro-vbbss-acs/manual/check.ps1`. */
  readonly path: string;
  /** What the head of the script says about its answer, in English. */
  readonly answerText: string;
  /** What the answer leaves on the machine, as the end of a sentence in English; empty where it leaves nothing. */
  readonly answerLeaves: string;
  /** PowerShell function of the target that prints the answer. */
  readonly answerCommand: string;
  /** Commands of the channel's agent that it may call, with their parameters. */
  readonly agentCommands: { readonly [command: string]: string };
  /** Exit code of each verdict. */
  readonly exitCodes: { readonly [verdict in Verdict]: number };
  /** The script shows texts to a person, so it carries them in every language. */
  readonly showsTexts: boolean;
  readonly limits: { readonly scriptCharacters: number; readonly answerCharacters: number };
  readonly rules: readonly LoweredRule[];
  /** Carried only by scripts that install them. */
  readonly certificates: readonly CertificateContent[];
  /** Events that a run writes, by verdict and by message key of a repair; none where the channel keeps the answer itself. */
  readonly events: Readonly<Record<string, RunEvent>>;
  /** The vendor's tools that it may run, by hand alone. */
  readonly tools: readonly RepairTool[];
  /** Message texts the script needs, by key. English is always there: the summary line is written in it. */
  readonly messages: { readonly [key: string]: ScriptText };
  /** Pack texts that report shows (impact, support, contact, sources …). */
  readonly packTexts: PsTable;
}

export const verdicts = ['pass', 'fail', 'pendingReboot', 'unknown'] as const;
export type Verdict = (typeof verdicts)[number];

export interface UnsignedScript {
  readonly plan: ScriptPlan;
  /** Path inside the output folder, for example `trendmicro-vbbss-acs/manual/check.ps1`. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** A script and its signature block; nothing says yet that the block is right. */
export interface SignedScript {
  readonly script: UnsignedScript;
  /** What follows the bytes of the script in the file. */
  readonly block: Buffer;
}

/** Who signed a script and when, as read back from its signature. */
export interface SignatureFacts {
  /** SHA-1 and SHA-256 thumbprints of the leaf, upper-case hex. */
  readonly signerSha1: string;
  readonly signerSha256: string;
  readonly signerSubject: string;
  /** End of the leaf's validity, ISO 8601 UTC. */
  readonly signerNotAfter: string;
  /** Time of the RFC 3161 timestamp, ISO 8601 UTC; null without one. */
  readonly timestamp: string | null;
}

declare const verifiedBrand: unique symbol;

/** A signed script that `verify` found exactly right; only `verify` makes one, and `write` takes nothing else. */
export interface VerifiedScript {
  readonly [verifiedBrand]: true;
  readonly plan: ScriptPlan;
  readonly path: string;
  /** The whole file. */
  readonly bytes: Buffer;
  /** null only when the user asked for unsigned scripts. */
  readonly signature: SignatureFacts | null;
}

/** Any other file of a bundle; path inside the output folder, with forward slashes. */
export interface BundleFile {
  readonly path: string;
  readonly content: Buffer;
}

/** What one build writes for one pack. */
export interface Bundle {
  readonly packId: string;
  readonly packVersion: string;
  readonly scripts: readonly VerifiedScript[];
  readonly files: readonly BundleFile[];
}
