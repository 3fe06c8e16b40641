// Prints `N passed, N failed, N skipped` from a vitest JSON report; fails when no test ran.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8') || '{}');
const passed = report.numPassedTests ?? 0;
const failed = (report.numFailedTests ?? 0) + (report.testResults ?? []).filter(brokenSuite).length;
const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
if (passed === 0 || failed > 0) process.exitCode = 1;

// A file that fails to load has no tests of its own, yet it is a failure.
function brokenSuite(suite) {
  return suite.status === 'failed' && suite.assertionResults.length === 0;
}
