import { readAnswer } from './compare.ts';
import type { PackCoverage } from './coverage.ts';
import type { MachineResult } from './machine-test.ts';

/** The results for a person: one line a machine, the failures below it, what no machine shows, and a count at the end. */
export function formatTable(results: readonly MachineResult[], coverage: readonly PackCoverage[]): string {
  const lines = results.flatMap((result) => [
    tableLine(result),
    ...result.failures.map((failure) => `      ${failure}`),
  ]);
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const count = `${results.length - failed} of ${results.length} runs as expected`;
  const last = failed === 0 ? count : `${count}, ${failed} not`;
  return [...lines, '', ...coverage.flatMap(coverageLines), last, ''].join('\n');
}

/** Gaps that the table names: a run of one machine file shows little of a pack. */
const namedGaps = 20;

function tableLine(result: MachineResult): string {
  const mark = result.failures.length === 0 ? 'ok  ' : 'FAIL';
  const mode = result.language === 'FullLanguage' ? 'full       ' : 'constrained';
  const verdicts = result.answers.map((answer) => `${answer.step}=${readAnswer(answer).verdict ?? '?'}`).join(' ');
  return `${mark}  ${mode}  ${result.name}  (${verdicts})`;
}

function coverageLines({ pack, points, missing }: PackCoverage): string[] {
  const head = `${pack}: machines show ${points - missing.length} of ${points} outcomes, rows and thresholds`;
  const named = missing.slice(0, namedGaps).map((one) => `      ${coverageText(one)}`);
  const more = missing.length > namedGaps ? [`      and ${missing.length - namedGaps} more: --json names all`] : [];
  return [missing.length === 0 ? head : `${head}, none shows`, ...named, ...more];
}

/** A point of a rule in one line: `VBBSS-OS  build 9600: message OS_ROLLUP_PENDING`. */
export function coverageText({ rule, point }: PackCoverage['missing'][number]): string {
  return `${rule}  ${point}`;
}

/** The results for a program: { passed, failed, coverage: [ … ], machines: [ … ] }. */
export function formatJson(results: readonly MachineResult[], coverage: readonly PackCoverage[]): string {
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const machines = results.map(({ answers, ...result }) => ({
    ...result,
    steps: answers.map((answer) => ({
      step: answer.step,
      exitCode: answer.exitCode,
      timedOut: answer.timedOut,
      durationMs: answer.durationMs,
      ...readAnswer(answer),
    })),
  }));
  return `${JSON.stringify({ passed: results.length - failed, failed, coverage, machines }, null, 2)}\n`;
}
