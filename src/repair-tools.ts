import type { RepairTool } from './rule-pack.ts';
import type { PsTable } from './script-plan.ts';

/** What a script has to know about its tools, by id. */
export function toolTable(tools: readonly RepairTool[]): PsTable {
  return Object.fromEntries(
    tools.map(({ id, file, arguments: list, publishers, logs, done, seconds }) => [
      id,
      {
        Id: id,
        File: file,
        Arguments: list,
        Signer: signerPattern(publishers),
        Logs: logs,
        Done: done.map(regexText).join('|'),
        Seconds: seconds,
      },
    ]),
  );
}

/**
 * Regular expression for the subjects of certificates that begin with one of these common names, as .NET writes subjects:
 * a value with one of these characters stands in quotes, in which a quote is doubled (CertNameToStr, CERT_X500_NAME_STR).
 * https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certnametostrw
 */
export function signerPattern(publishers: readonly string[]): string {
  const written = publishers.map((name) => (/[,+="<>#;]|^ | $/.test(name) ? `"${name.replaceAll('"', '""')}"` : name));
  return `^CN=(?:${written.map(regexText).join('|')})(?:, |$)`;
}

function regexText(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|#]/g, '\\$&');
}
