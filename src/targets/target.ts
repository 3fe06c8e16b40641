import type { LocalizedText } from '../rule-pack.ts';
import type { BundleFile, ResolvedPack, ScriptName, Verdict, VerifiedScript } from '../script-plan.ts';

/** The contract of one delivery channel: lint limits, exit codes, guide page and tests are made from it. */
export interface Target {
  readonly id: string;
  readonly title: LocalizedText;
  /** How the channel starts a script. */
  readonly start: string;
  readonly bitness: LocalizedText;
  readonly executionPolicy: LocalizedText;
  readonly timeout: LocalizedText;
  /** Where the admin reads the answer. */
  readonly answer: LocalizedText;
  /** Steps to deploy, in order. */
  readonly steps: readonly LocalizedText[];
  /** What goes wrong with this channel. */
  readonly traps: readonly LocalizedText[];
  readonly exitCodes: { readonly [verdict in Verdict]: number };
  /** PowerShell output function. */
  readonly answerCommand: string;
  /** Commands of the channel's agent that the output function calls, with their parameters (blank between them). */
  readonly agentCommands?: { readonly [command: string]: string };
  /** Scripts show texts to a person at a console. */
  readonly showsTexts: boolean;
  readonly limits: {
    /** Characters of one script, signature included. */
    readonly scriptCharacters: number;
    /** Characters of the answer that the channel keeps. */
    readonly answerCharacters: number;
  };
  readonly scripts: readonly ScriptName[];
  /** Files that save the admin work, made from the signed scripts; paths inside the target's folder. */
  readonly companions: (pack: ResolvedPack, scripts: readonly VerifiedScript[]) => readonly BundleFile[];
}
