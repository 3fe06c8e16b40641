import type { LocalizedText } from '../rule-pack.ts';
import {
  scriptNames,
  verdicts,
  type BundleFile,
  type ResolvedPack,
  type ScriptName,
  type Verdict,
  type VerifiedScript,
} from '../script-plan.ts';

/** What a page says of a target; `withoutFix`: how it reads where the pack repairs nothing, null where nothing is left to say. */
export interface TargetText extends LocalizedText {
  readonly withoutFix?: LocalizedText | null;
}

/** The contract of one delivery channel: lint limits, exit codes, pages, guide and tests are made from it. */
export interface Target {
  readonly id: string;
  readonly title: LocalizedText;
  /** Who takes this one. */
  readonly when: TargetText;
  /** How the channel starts a script; empty when its vendor does not publish that. */
  readonly start: string;
  readonly bitness: TargetText;
  readonly executionPolicy: TargetText;
  readonly timeout: TargetText;
  /** Where the admin reads the answer. */
  readonly answer: TargetText;
  /** Steps to deploy, in order. */
  readonly steps: readonly TargetText[];
  /** Values that the admin sets or looks for, with the reason. */
  readonly settings?: readonly Setting[];
  /** What the scripts leave in the log of events, by number: `value` is the level. */
  readonly events?: readonly Setting[];
  /** Questions to the channel about all machines: an admin copies them. */
  readonly queries?: readonly Query[];
  /** What goes wrong with this channel. */
  readonly traps: readonly TargetText[];
  /** What its vendor does not document, and what psmint does because of that. */
  readonly unconfirmed: readonly TargetText[];
  /** Pages of the vendor. */
  readonly sources: readonly string[];
  readonly exitCodes: ExitCodes;
  /** Where one script has codes of its own. */
  readonly scriptExitCodes?: { readonly [script in ScriptName]?: ExitCodes };
  readonly channel: Channel;
  /** PowerShell output function. */
  readonly answerCommand: string;
  /** Commands of the channel's agent that the output function calls, with their parameters (blank between them). */
  readonly agentCommands?: { readonly [command: string]: string };
  /** What the output function leaves on the machine, as the end of a sentence in English; only where the admin asked for it. */
  readonly leaves?: string;
  /** check and fix-cert write events and a local record: where nobody else keeps the answer. */
  readonly records?: true;
  /** Where the first script lies on a machine after a run, for a look at its signature; absent where the channel takes it away or nobody says. */
  readonly signedFile?: string;
  /** Scripts show texts to a person at a console. */
  readonly showsTexts: boolean;
  readonly limits: {
    /** Characters of one script, signature included; absent where the vendor names no limit. */
    readonly scriptCharacters?: number;
    /** Characters of the answer that the channel keeps. */
    readonly answerCharacters: number;
    /** Longest run; absent where the vendor names none. */
    readonly seconds?: number;
  };
  readonly scripts: readonly ScriptName[];
  /** Scripts that the channel does not get: it gets the line of runner.txt, which starts the file on the machine. */
  readonly byRunner?: readonly ScriptName[];
  /** Files that save the admin work, made from the signed scripts; paths inside the target's folder. */
  readonly companions: (pack: ResolvedPack, scripts: readonly VerifiedScript[]) => readonly BundleFile[];
}

export type ExitCodes = { readonly [verdict in Verdict]: number };

export interface Query {
  readonly title: LocalizedText;
  /** Language of the code block in Markdown. */
  readonly language: 'http' | 'kusto' | 'powershell' | 'sh' | 'sql' | 'text';
  readonly text: string;
}

export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly why: TargetText;
}

/** What a channel does to a script and to its answer; a test plays it. */
export interface Channel {
  /** `file`: started with -File. `command`: without, where PowerShell 5.1 may turn a code into 1. `unconfirmed`: both have to work. */
  readonly launch: 'file' | 'command' | 'unconfirmed';
  /** What is kept of the output; with `objects` the channel turns objects into JSON, text is lost. */
  readonly keeps: 'all' | 'last-line' | 'first-characters' | 'last-characters' | 'objects' | 'nothing';
  /** What is kept of the exit code. */
  readonly codes: 'exact' | 'zero-or-not' | 'ignored';
  readonly state: StateChannel;
  /** `next-check`: the channel loses what a fix says, or reads the state with another check behind it. */
  readonly seesFix: 'answer' | 'next-check';
  /** Pattern of text inside a script that the channel replaces before it runs. */
  readonly replaces?: string;
}

/** Where the state stands in what is kept. */
export type StateChannel =
  /** The summary line is in it. */
  | { readonly in: 'line' }
  /** It is one word. */
  | { readonly in: 'word'; readonly words: { readonly [verdict in Verdict]: string } }
  /** It is JSON, or objects: a field is the verdict. */
  | { readonly in: 'json'; readonly field: string }
  /** The channel sees pass (code 0) or not, and nothing else. */
  | { readonly in: 'code' }
  /** The report file is the answer. */
  | { readonly in: 'report' };

/** Codes of channels that show any code as it is. 1 is left to PowerShell itself. */
export const freeCodes: ExitCodes = { pass: 0, fail: 10, pendingReboot: 11, unknown: 12 };
/** Codes of channels that know good and bad: what is not pass takes the side that an admin looks at. */
export const yesNoCodes: ExitCodes = { pass: 0, fail: 1, pendingReboot: 1, unknown: 1 };
/** Codes of channels in which a code would hide the answer: it says that the script ran, and the answer says the state. */
export const ranCodes: ExitCodes = { pass: 0, fail: 0, pendingReboot: 0, unknown: 0 };

/** The codes of one script. */
export function exitCodesOf({ exitCodes, scriptExitCodes }: Target, script: ScriptName): ExitCodes {
  return scriptExitCodes?.[script] ?? exitCodes;
}

/** The codes of all scripts: one entry without a name where they are the same, one for each script where they are not. */
export function codeGroups(target: Target): readonly { readonly script?: ScriptName; readonly codes: ExitCodes }[] {
  const each = target.scripts.map((script) => ({ script, codes: exitCodesOf(target, script) }));
  const [first] = each;
  const isSame = (codes: ExitCodes): boolean => verdicts.every((verdict) => codes[verdict] === first?.codes[verdict]);
  return first !== undefined && each.every(({ codes }) => isSame(codes)) ? [{ codes: first.codes }] : each;
}

/** Which scripts a bundle has for a target: not every pack has every one. */
export function namesOf(scripts: readonly VerifiedScript[]): readonly ScriptName[] {
  return scriptNames.filter((name) => scripts.some(({ plan }) => plan.script === name));
}

/** The summary line has at most as many characters. */
export const lineCharacters = 2048;
