import { createHash } from 'node:crypto';
import type { MachineRead, ResolvedPack, SignatureFacts, VerifiedScript } from './script-plan.ts';

export interface ReviewInput {
  readonly pack: ResolvedPack;
  readonly scripts: readonly VerifiedScript[];
  /** Function name -> what it does. */
  readonly functions: ReadonlyMap<string, { readonly synopsis: string }>;
  readonly certificates: { readonly signer: SignatureFacts | null };
  readonly toolVersion: string;
}

/** `review.md`: what a security reviewer wants to know before the scripts run on servers. Made from the plans. Pure. */
export function reviewText({ pack, scripts, functions, certificates, toolVersion }: ReviewInput): string {
  const { id, version, title } = pack.pack;
  const fixes = scripts.some(({ plan }) => plan.script === 'fix-cert');
  return [
    `# Security review: ${cell(title.en)}`,
    '',
    `Pack ${id} ${version}, built by psmint ${toolVersion}. This page is made from the same data as the scripts.`,
    '',
    ...answers(certificates.signer, fixes, leavings(scripts)),
    '## Files',
    '',
    '| file | bytes | SHA-256 |',
    '| --- | --- | --- |',
    ...scripts.map(({ path, bytes }) => `| ${path} | ${bytes.length} | ${sha256(bytes)} |`),
    '',
    '## What is read',
    '',
    'Registry keys are read in the 64-bit view. A read marked slow happens only when the others leave the question open.',
    '',
    ...readTables(scripts),
    ...(fixes ? certificateTable(pack) : []),
    ...toolTable(scripts),
    ...functionTable(scripts, functions),
    '## How to check this yourself',
    '',
    '```',
    'Get-AuthenticodeSignature .\\check.ps1',
    'psmint verify <folder> --trust trust\\root.cer',
    'psmint build --check        (the same pack and version give the same bytes on every machine)',
    '```',
    '',
  ].join('\n');
}

function certificateTable({ certificates }: ResolvedPack): string[] {
  return [
    '## What fix-cert adds',
    '',
    '| certificate | store | SHA-1 | SHA-256 |',
    '| --- | --- | --- | --- |',
    ...certificates.map(
      ({ name, store, sha1, sha256: digest }) => `| ${cell(name)} | LocalMachine\\${store} | ${sha1} | ${digest} |`,
    ),
    '',
  ];
}

function toolTable(scripts: readonly VerifiedScript[]): string[] {
  const tools = [...new Set(scripts.flatMap(({ plan }) => plan.tools))];
  if (tools.length === 0) return [];
  return [
    '## What fix-cert runs when it is told to',
    '',
    'Without the parameter nothing of it runs. With it the program runs only when Get-AuthenticodeSignature says Valid and the',
    'subject of its certificate begins with CN = publisher; its folder should be one that only administrators can write.',
    'Whatever it says, fix-cert believes the stores alone. What it changes is not on the record of fix-cert.',
    '',
    '| parameter | program | publisher | ends when a log says | waits |',
    '| --- | --- | --- | --- | --- |',
    ...tools.map(
      ({ parameter, file, arguments: list, publishers, logs, done, seconds }) =>
        `| \`-${parameter} <folder>\` (target manual) | \`${file} ${list.join(' ')}\` | ${cell(publishers.join(' or '))} | ${cell(logs.join(', '))}: ${cell(done.join(' / '))} | ${seconds} s |`,
    ),
    '',
  ];
}

function answers(signer: SignatureFacts | null, fixes: boolean, left: string): string[] {
  const { rights, changes, tools, files, undo } = fixes ? fixAnswers : readAnswers;
  return [
    '| question | answer |',
    '| --- | --- |',
    '| network | none: no script opens a connection; `report.ps1 -Share` copies one file to the share that you name |',
    `| privileges | check and report: any user (what may not be read is "could not tell")${rights} |`,
    `| changes | check: none. report: its own files.${changes}${left} install-trust, by hand: adds the certificates of the signer in folder trust |`,
    ...undo,
    `| native tools | \`whoami.exe /groups\` and \`reg.exe query\` in ConstrainedLanguage, \`icacls.exe\` on the own folder${tools} |`,
    `| files written | \`%ProgramData%\\psmint\\\` (administrators only): the reports${files}; \`-ReportPath\`, \`-OutDir\`, \`-Share\` where you say |`,
    '| secrets | none are read, none are written |',
    `| signer | ${signerText(signer)} |`,
    '',
  ];
}

/** What fix-cert adds to the answers. */
const fixAnswers = {
  rights: '; fix-cert: administrator or SYSTEM',
  changes: ' fix-cert: adds the certificates below to LocalMachine stores.',
  tools: ', `certutil.exe -addstore` in fix-cert under ConstrainedLanguage in PowerShell 7 alone',
  files: ', the change record of fix-cert',
  undo: ['| undo | `fix-cert.ps1 -Rollback` removes exactly what fix-cert recorded as added |'],
} as const;
const readAnswers = { rights: '', changes: '', tools: '', files: '', undo: [] } as const;

/** What answers of some targets leave on the machine. */
function leavings(scripts: readonly VerifiedScript[]): string {
  const all = scripts.flatMap(({ plan }) =>
    plan.answerLeaves === '' ? [] : [` ${plan.target}: ${plan.answerLeaves}.`],
  );
  return [...new Set(all)].map(cell).join('');
}

function signerText(signer: SignatureFacts | null): string {
  if (signer === null) return 'none: the scripts are not signed';
  return `${cell(signer.signerSubject)}, SHA-1 ${signer.signerSha1}, SHA-256 ${signer.signerSha256}, valid to ${signer.signerNotAfter.slice(0, 10)}, timestamp ${signer.timestamp ?? 'none'}`;
}

function functionTable(scripts: readonly VerifiedScript[], functions: ReviewInput['functions']): string[] {
  return [
    '## What the functions do',
    '',
    'They are plain text in the scripts, the same in every script that has them; the data above them is that of the pack.',
    '',
    '| function | what it does | in |',
    '| --- | --- | --- |',
    ...functionRows(scripts, functions),
    '',
  ];
}

function functionRows(scripts: readonly VerifiedScript[], functions: ReviewInput['functions']): string[] {
  const having = new Map<string, Set<string>>();
  for (const { bytes, plan } of scripts) {
    for (const [, name = ''] of bytes.toString('latin1').matchAll(/\nfunction ([\w-]+) \{/g))
      having.set(name, (having.get(name) ?? new Set()).add(plan.script));
  }
  return [...functions].flatMap(([name, { synopsis }]) => {
    const names = having.get(name);
    return names === undefined ? [] : [`| ${name} | ${cell(synopsis)} | ${[...names].join(', ')} |`];
  });
}

function readTables(scripts: readonly VerifiedScript[]): string[] {
  const rules = scripts[0]?.plan.rules ?? [];
  return rules.flatMap((rule) => [
    `### ${rule.id}: ${cell(rule.title.en)}`,
    '',
    ...rule.reads.map(({ request, slow }) => `- ${readText(request)}${slow ? ' (slow)' : ''}`),
    '',
  ]);
}

function readText(request: MachineRead): string {
  switch (request.read) {
    case 'RegistryValue':
      return `registry value ${code(`${request.key}\\${request.name}`)}`;
    case 'RegistryKey':
      return `whether registry key ${code(request.key)} exists, and the names of its sub keys`;
    case 'ServicingPackage':
      return `state of servicing packages whose names match ${code(request.pattern)}`;
    case 'Certificate':
      return `certificate ${request.thumbprint} in ${code(`Cert:\\LocalMachine\\${request.store}`)} and its registry keys`;
    case 'HotFix':
      return 'list of installed hot fixes (`Get-HotFix`)';
    case 'FileVersion':
      return `version of the file ${code(request.path)}`;
    case 'Service':
      return `state of the service ${code(request.name)} (\`Get-Service\`)`;
    case 'FreeSpace':
      return 'free space of the drive that Windows is on (`Get-PSDrive`, else `Win32_LogicalDisk`)';
    case 'FirmwareVariable':
      return `names of Microsoft's certificates in the firmware variable ${code(request.name)} (\`Get-SecureBootUEFI\`)`;
    case 'Event':
      return `newest event ${request.ids.join(', ')} of ${code(request.provider)} in the event log ${code(request.log)} (\`Get-WinEvent\`)`;
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').toUpperCase();
}

// A text of the pack is one line of plain words here: no heading, no table row, no HTML comment that hides what follows.
function cell(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll(/[\\|`<&*_[\]]/g, (mark) => (mark === '<' ? '&lt;' : `\\${mark}`));
}

// A code span ends at a run of backticks as long as the one that began it (CommonMark 6.1).
function code(text: string): string {
  const runs = (text.match(/`+/g) ?? []).map((run) => run.length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  return runs.length === 0 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}
