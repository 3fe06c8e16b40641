import { readAnswer } from './compare.ts';
import type { MachineResult } from './machine-test.ts';

/** The results for a person: one line a machine, the failures below it, a count at the end. */
export function formatTable(results: readonly MachineResult[]): string {
  const lines = results.flatMap((result) => [
    tableLine(result),
    ...result.failures.map((failure) => `      ${failure}`),
  ]);
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const count = `${results.length - failed} of ${results.length} runs as expected`;
  return [...lines, '', failed === 0 ? count : `${count}, ${failed} not`, ''].join('\n');
}

function tableLine(result: MachineResult): string {
  const mark = result.failures.length === 0 ? 'ok  ' : 'FAIL';
  const mode = result.language === 'FullLanguage' ? 'full       ' : 'constrained';
  const verdicts = result.answers.map((answer) => `${answer.step}=${readAnswer(answer).verdict ?? '?'}`).join(' ');
  return `${mark}  ${mode}  ${result.name}  (${verdicts})`;
}

/** The results for a program: { passed, failed, machines: [ … ] }. */
export function formatJson(results: readonly MachineResult[]): string {
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const machines = results.map(({ answers, ...result }) => ({
    ...result,
    steps: answers.map((answer) => ({
      step: answer.step,
      exitCode: answer.exitCode,
      timedOut: answer.timedOut,
      ...readAnswer(answer),
    })),
  }));
  return `${JSON.stringify({ passed: results.length - failed, failed, machines }, null, 2)}\n`;
}
