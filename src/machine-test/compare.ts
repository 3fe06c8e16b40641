import type { Expectation } from './machine-file.ts';
import type { StepAnswer } from './runner.ts';
import { stepForms, type Step } from './steps.ts';

/** What a script said about itself: the summary line and the report file. */
export interface ReadAnswer {
  readonly verdict: string | undefined;
  readonly states: Readonly<Record<string, string>>;
  readonly messages: Readonly<Record<string, string>>;
}

/** What in a report does not follow rules/schema/report.schema.json. */
export type ReportProblems = (report: unknown) => readonly string[];

const summaryForm =
  /^PSMINT (check|fix-cert|report) ([A-Za-z]+) pack=([a-z0-9-]+)@([0-9.]+)((?: \S+=[A-Za-z]+| \+\d+ more)*) \| \S.*$/;

/** Everything that is wrong with the answer of one step: broken promises of every script first, then the expectations. */
export function compareStep(
  step: Step,
  answer: StepAnswer,
  expected: Expectation,
  reportProblems: ReportProblems,
): string[] {
  if (answer.timedOut) return ['did not end within the time limit'];
  const read = readAnswer(answer);
  const failures = [
    ...brokenPromises(step, answer, read),
    ...(answer.report === undefined ? [] : reportProblems(answer.report)).map((problem) => `report: ${problem}`),
    ...unmetExpectations(answer, read, expected),
  ];
  return failures.length === 0 ? [] : [...failures, `last line: ${answer.output.at(-1) ?? '(none)'}`];
}

/** Promises of every script: one ASCII line of at most 2,048 characters, the same while the state is the same, nothing on the other streams, a report that agrees. */
function brokenPromises(step: Step, answer: StepAnswer, read: ReadAnswer): string[] {
  const line = answer.output.at(-1) ?? '';
  const fromReport = findingsOf(answer.report);
  const disagreeing = Object.entries(summaryStates(line)).filter(([id, state]) => fromReport?.[id]?.state !== state);
  const faults: (readonly [boolean, string])[] = [
    [answer.errors.length > 0, `error stream: ${answer.errors.join(' / ')}`],
    [answer.warnings.length > 0, `other streams: ${answer.warnings.join(' / ')}`],
    [!/^[\x20-\x7e]*$/.test(answer.output.join('')), 'output is not ASCII'],
    [line.length > 2048, `last line has ${line.length} characters`],
    [summaryForm.exec(line)?.[1] !== stepForms[step].script, `last line has not the promised form: ${line}`],
    [answer.again !== undefined && answer.again !== line, `asked again, another last line: ${answer.again ?? ''}`],
    [fromReport === undefined, 'no report file, or not the JSON that is promised'],
    [fromReport !== undefined && disagreeing.length > 0, `report and last line disagree: ${disagreeing.join(' ')}`],
    [read.verdict !== verdictOfReport(answer.report), 'report and last line have different verdicts'],
  ];
  return faults.flatMap(([isBroken, text]) => (isBroken ? [text] : []));
}

function unmetExpectations(answer: StepAnswer, read: ReadAnswer, expected: Expectation): string[] {
  const pairs: [string, string | undefined, string | undefined][] = [
    ['verdict', expected.verdict, read.verdict],
    ['exit code', expected.exitCode?.toString(), answer.exitCode.toString()],
    ['events', expected.events?.join(' '), answer.events.join(' ')],
    ['record', expected.history?.join(', '), answer.history.join(', ')],
    ...pairsOf('', expected.rules, read.states),
    ...pairsOf(' message', expected.messages, read.messages),
  ];
  return pairs.flatMap(([what, wanted, got]) =>
    wanted === undefined || wanted === got ? [] : [`${what}: expected ${wanted}, got ${got ?? 'nothing'}`],
  );
}

function pairsOf(
  suffix: string,
  wanted: Readonly<Record<string, string>> = {},
  got: Readonly<Record<string, string>>,
): [string, string, string | undefined][] {
  return Object.entries(wanted).map(([id, value]) => [`${id}${suffix}`, value, got[id]]);
}

/** Verdict by the summary line, states and messages by the report file (the line may leave rules out). */
export function readAnswer(answer: StepAnswer): ReadAnswer {
  const line = answer.output.at(-1) ?? '';
  const findings = findingsOf(answer.report) ?? {};
  const fromReport = Object.entries(findings);
  return {
    verdict: summaryForm.exec(line)?.[2],
    states: { ...summaryStates(line), ...Object.fromEntries(fromReport.map(([id, { state }]) => [id, state])) },
    messages: Object.fromEntries(fromReport.map(([id, { messageKey }]) => [id, messageKey])),
  };
}

function summaryStates(line: string): Record<string, string> {
  const states = summaryForm.exec(line)?.[5] ?? '';
  return Object.fromEntries([...states.matchAll(/(\S+)=([A-Za-z]+)/g)].map(([, id = '', state = '']) => [id, state]));
}

export interface ReportFinding {
  readonly state: string;
  readonly messageKey: string;
  /** What was read, by its source: registry path, certificate store path, file. */
  readonly evidence: Readonly<Record<string, { readonly status: string; readonly value: string }>>;
}

/** Findings of a report file by rule id; undefined when it is none. */
export function findingsOf(report: unknown): Readonly<Record<string, ReportFinding>> | undefined {
  if (!isRecord(report) || !Array.isArray(report['findings'])) return undefined;
  const findings: readonly unknown[] = report['findings'];
  return Object.fromEntries(findings.filter(isRecord).map((finding) => [text(finding['id']), reportFinding(finding)]));
}

function reportFinding(finding: Record<string, unknown>): ReportFinding {
  const evidence: readonly unknown[] = Array.isArray(finding['evidence']) ? finding['evidence'] : [];
  return {
    state: text(finding['state']),
    messageKey: text(finding['messageKey']),
    evidence: Object.fromEntries(
      evidence
        .filter(isRecord)
        .map((fact) => [text(fact['source']), { status: text(fact['status']), value: text(fact['value']) }]),
    ),
  };
}

function verdictOfReport(report: unknown): string | undefined {
  return isRecord(report) ? text(report['verdict']) : undefined;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
