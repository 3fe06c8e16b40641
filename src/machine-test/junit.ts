import { escapeHtml } from '../html.ts';
import type { PackCoverage } from './coverage.ts';
import { coverageText } from './format.ts';
import type { MachineResult } from './machine-test.ts';

interface TestCase {
  readonly className: string;
  readonly name: string;
  readonly durationMs: number;
  readonly failures: readonly string[];
  readonly output: readonly string[];
}

/**
 * The results as JUnit XML: a suite a machine file, a case a machine and language mode; with `coverage` also a case a pack.
 * The elements are those that CI services read (https://github.com/testmoapp/junitxml).
 */
export function formatJunit(results: readonly MachineResult[], coverage: readonly PackCoverage[]): string {
  const paths = [...new Set(results.map(({ path }) => path))];
  const suites = [
    ...paths.map((path) => suite(path, results.filter((result) => result.path === path).map(machineCase))),
    ...(coverage.length > 0 ? [suite('coverage', coverage.map(coverageCase))] : []),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="psmint test">\n${suites.join('')}</testsuites>\n`;
}

function machineCase({ pack, target, name, language, durationMs, failures, answers }: MachineResult): TestCase {
  const output = answers.flatMap(({ step, output: lines }) => lines.map((line) => `${step}: ${line}`));
  return { className: `${pack}.${target}.${language}`, name, durationMs, failures, output };
}

function coverageCase({ pack, missing }: PackCoverage): TestCase {
  const failures = missing.map((one) => `no machine shows ${coverageText(one)}`);
  return { className: pack, name: 'coverage', durationMs: 0, failures, output: [] };
}

function suite(name: string, cases: readonly TestCase[]): string {
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  const time = seconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0));
  const head = `<testsuite name="${xml(name)}" tests="${cases.length}" failures="${failed}" errors="0" skipped="0" time="${time}">`;
  return `  ${head}\n${cases.map(testCase).join('')}  </testsuite>\n`;
}

function testCase({ className, name, durationMs, failures, output }: TestCase): string {
  const head = `classname="${xml(className)}" name="${xml(name)}" time="${seconds(durationMs)}"`;
  if (failures.length === 0) return `    <testcase ${head}/>\n`;
  const [first = ''] = failures;
  const failure = `<failure message="${xml(first)}">${xml(failures.join('\n'))}</failure>`;
  const said = `<system-out>${xml(output.join('\n'))}</system-out>`;
  return `    <testcase ${head}>\n      ${failure}\n      ${said}\n    </testcase>\n`;
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

// XML 1.0 has no way to write the other control characters, surrogates that stand alone, U+FFFE and U+FFFF.
function xml(text: string): string {
  return escapeHtml(text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?'));
}
