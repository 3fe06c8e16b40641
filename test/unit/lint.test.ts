import { beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic.ts';
import { createLinter, type Linter } from '../../src/lint.ts';
import type { ScriptName, ScriptPlan, UnsignedScript } from '../../src/script-plan.ts';
import { renderRealPacks } from '../support/real-pack.ts';

let lint: Linter;
let real: readonly UnsignedScript[];

beforeAll(async () => {
  [lint, real] = await Promise.all([createLinter(), renderRealPacks()]);
});

function scriptOf(text: string, name: ScriptName = 'check', limit = 65_535): UnsignedScript {
  const plan: ScriptPlan = {
    ...real[0]!.plan,
    script: name,
    limits: { scriptCharacters: limit, answerCharacters: 2048 },
  };
  return { plan, path: `pack/manual/${name}.ps1`, bytes: Buffer.from(text, 'latin1') };
}

function lintText(text: string, name: ScriptName = 'check'): Diagnostic[] {
  const lines = `${text}\n`.replaceAll('\n', '\r\n');
  return lint(scriptOf(lines, name), { signatureReserve: 0 });
}

const codes = (diagnostics: readonly Diagnostic[]): string[] => [...new Set(diagnostics.map(({ code }) => code))];

describe('the scripts of the shipped packs', () => {
  it('are clean, and short enough for their targets with a signature', () => {
    // RSA-3072 leaf, an intermediate and an RFC 3161 token take about 14,000 characters.
    expect(real.flatMap((script) => lint(script, { signatureReserve: 14_000 }))).toEqual([]);
  });

  // Rules of elastic/detection-rules on obfuscated scripts and of SigmaHQ/sigma on scripts and command lines, each with
  // the number of hits that trips it. Data cannot trip them unnoticed either: they look at the whole text.
  it.each([
    ['joined string literals', /'[^'\r\n]*' ?\+ ?'/g, 2],
    ['joined characters', /\[char\]\s*\(?\s*[0-9]+\s*\)?\s*\+/gi, 1],
    ['character arrays', /\[char\[\]\]/gi, 1],
    ['commands put together', /[.&]\s*\(\s*['"$]/g, 1],
    ['format items side by side', /\{\d\}\{\d\}/g, 5],
    ['backticks in words', /[A-Za-z]`[A-Za-z]/g, 20],
    ['-join with a bracket', /-join ?\(/gi, 1],
    [
      'words of decoders',
      /\[[A-Za-z.]*Convert\]|Base64String|-(de|en)code(hex)?\b|-EncodedCommand|GZipStream|DeflateStream/gi,
      1,
    ],
    [
      'words of loaders',
      /WriteAllBytes|\biex\b|Invoke-Expression| \/e |Reflection\.Assembly|Add-Type|VirtualAlloc/gi,
      1,
    ],
    [
      'words of downloaders',
      /WebClient|DownloadString|DownloadFile|Invoke-WebRequest|-urlcache|BitsTransfer|https?:\/\/[^\s']*\.ps1/gi,
      1,
    ],
    ['short options of hidden starts', / -(NoP|NonI|W Hidden|WindowStyle Hidden|Enc|EP Bypass)\b/gi, 1],
    ['programs that others misuse', /-verifyctl|-exportPFX|\bmshta\b|\brundll32\b|\bregsvr32\b|\bwmic\b/gi, 1],
    [
      'certificate files where everybody can write',
      /(Windows\\Temp|Users\\Public|Perflogs|Downloads|Desktop|%TEMP%|\$env:TE?MP\b)/gi,
      1,
    ],
  ])('do not look obfuscated or like an attack: %s', (_, pattern, tooMany) => {
    for (const { path, bytes } of real) {
      expect(bytes.toString('latin1').match(pattern)?.length ?? 0, path).toBeLessThan(tooMany);
    }
  });

  it('install a root by name only where .NET may not be called, and never in a script that only reads', () => {
    // SigmaHQ "Root Certificate Installed": Import-Certificate beside Cert:\LocalMachine\Root. It cannot be avoided in
    // fix-cert; nothing else may trip it.
    const tripping = real.filter(({ bytes }) => /Import-Certificate|-addstore/.test(bytes.toString('latin1')));
    expect([...new Set(tripping.map(({ plan }) => plan.script))]).toEqual(['fix-cert']);
    for (const { bytes } of tripping) expect(bytes.toString('latin1')).not.toContain('Cert:\\LocalMachine\\Root\r\n');
  });

  it('do not look packed: entropy and share of digits', () => {
    for (const { path, bytes } of real) {
      const counts = new Map<number, number>();
      for (const byte of bytes) counts.set(byte, (counts.get(byte) ?? 0) + 1);
      const shares = [...counts.values()].map((count) => count / bytes.length);
      const digits = [...counts]
        .filter(([byte]) => byte >= 0x30 && byte <= 0x39)
        .reduce((sum, [, count]) => sum + count, 0);
      // Plain code with its comments and blanks has 5.3, with tabs and without comments 5.6, a signature block alone 6.
      expect(-shares.reduce((sum, share) => sum + share * Math.log2(share), 0), path).toBeLessThan(5.75);
      expect(digits / bytes.length, path).toBeLessThan(0.15);
    }
  });
});

describe('the bytes of a script', () => {
  it('has nothing against good ones', () => {
    expect(lintText("#Requires -Version 3.0\n$x = 'a'\n\tWrite-Output $x")).toEqual([]);
  });

  it.each([
    ['a byte order mark', '\u00ef\u00bb\u00bf$x = 1\r\n', 'script-not-ascii'],
    ['a byte above 0x7E', "$x = '\u00e9'\r\n", 'script-not-ascii'],
    ['DEL', "$x = '\u007f'\r\n", 'script-not-ascii'],
    ['NUL', "$x = 'a\u0000b'\r\n", 'script-not-ascii'],
    ['a line that ends with LF', '$x = 1\n$y = 2\r\n', 'script-line-ends'],
    ['a lone CR', '$x = 1\r$y = 2\r\n', 'script-line-ends'],
    ['a last line without an end', '$x = 1\r\n$y = 2', 'script-line-ends'],
    ['an empty script', '', 'script-line-ends'],
    ['a signature block', '$x = 1\r\n# SIG # Begin signature block\r\n', 'script-banned-construct'],
    ['the marker of one in a text', "$x = 'sig # end signature block'\r\n", 'script-banned-construct'],
    ['a newer version', '#Requires -Version 5.1\r\n', 'script-banned-construct'],
    ['#Requires -RunAsAdministrator', '#requires -RunAsAdministrator\r\n', 'script-banned-construct'],
    ['double braces', "$x = 'a {{b}}'\r\n", 'script-banned-construct'],
  ])('finds %s', (_, text, code) => {
    expect(codes(lint(scriptOf(text), { signatureReserve: 0 }))).toContain(code);
  });

  it('counts the signature into the length', () => {
    const text = '$x = 1\r\n';
    const script = scriptOf(text, 'check', 20);
    expect(lint(script, { signatureReserve: 20 - text.length })).toEqual([]);
    expect(codes(lint(script, { signatureReserve: 21 - text.length }))).toEqual(['script-too-long']);
  });
});

describe('a finding', () => {
  it('names script, line and column', () => {
    const [found, ...more] = lintText("$x = 'a'\nif ($x) {\n    Get-Nonsense -Path $x\n}");
    expect(more).toEqual([]);
    expect(found).toEqual({
      code: 'script-unknown-command',
      message: 'line 3, column 5: there is no command `Get-Nonsense`.',
      file: 'pack/manual/check.ps1',
    });
  });
});

describe('syntax', () => {
  it.each([
    ["$x = 'a"],
    ['if ($x) {'],
    ['$x = @(1, 2'],
    ['$x = $a ? 1 : 2'],
    ['$x = $a ?? 1'],
    ['$x = $a?.b'],
    ['$x = $a.ForEach({ $_ })'],
    ['$a.ForEach({ $_ })'],
    ["Write-Output @'\nabc"],
    ['function A-B { )'],
  ])('finds the error in %j', (text) => {
    const found = lintText(text);
    expect(codes(found)).toEqual(['script-syntax']);
    expect(found[0]?.message).toMatch(/^line \d+, column \d+: /);
  });
});

describe('banned constructs', () => {
  it.each([
    ['class A { [string]$B }'],
    ['enum A { B }'],
    ['using namespace System.Text'],
    ['[version]::new(1, 2)'],
    ['$x = $a.Where({ $_ })'],
    ['$a.foreach{ $_ }'],
    ['$x = [pscustomobject]@{ A = 1 }'],
    ["Invoke-Expression 'x'"],
    ["iex 'x'"],
    ["[Convert]::FromBase64String('x')"],
    ['[Math]::Abs(1)'],
    ['$x = [Environment]::OSVersion'],
    ["ConvertTo-Json -InputObject 'a', '-decode'"],
    ["$x = [char[]]'abc'"],
    ['$PSCmdlet.ShouldProcess()'],
    ['$x = New-Object -TypeName System.Collections.ArrayList'],
    ['$x = New-Object System.Text.StringBuilder'],
    ['$x = New-Object -TypeName $y'],
    ['[CmdletBinding()]\nparam([string]$A)\n$x = 1'],
    ['param([Parameter()][string]$A)\n$x = 1'],
    ["Add-Type -TypeDefinition 'x'"],
    ['. ./other.ps1'],
    ['& ./other.ps1'],
    ['& { Write-Output 1 }'],
    ['$a | & $b'],
    ["Read-Host 'x'"],
    ["Write-Host 'x'"],
    ['$a | % { $_ }'],
    ['$a | ? { $_ }'],
    ['$a | where { $_ }'],
    ['$a | foreach { $_ }'],
    ['$a | select Name'],
    ['gci C:'],
    ['ls'],
    ["cat 'x'"],
    ["Invoke-WebRequest -Uri 'x'"],
    ["Invoke-RestMethod -Uri 'x'"],
    ["Start-Process 'x'"],
    ['powershell.exe -EncodedCommand x'],
    ['Get-Item x && Get-Item y'],
    ['Get-Item x || Get-Item y'],
    ['$x > out.txt'],
    ['Get-Item x >> out.txt'],
    ['$x = $t::Name'],
    ['$x = $t::Parse(1)'],
    ['$x.$name()'],
    ['$x.Invoke()'],
    ['${C:\\a.txt} = 1'],
    ['$function:x = { 1 }'],
    ['$x = "text $([Math]::Abs(1))"'],
    ["Set-Content -LiteralPath a -Value b -Encoding 'utf8NoBOM'"],
  ])('finds %j', (text) => {
    expect(codes(lintText(text, 'fix-cert'))).toEqual(['script-banned-construct']);
  });

  it.each([
    ["$x = 'Invoke-Expression iex [Math]::Abs(1) $PSCmdlet class A { } [char[]] ls | % { }'"],
    ['$x = "[pscustomobject] ::new( Write-Host $name"'],
    ['# iex $x; [Math]::Abs(1); class A {}; & $tool\n$x = 1'],
    ['<#\nAdd-Type; . ./other.ps1; a && b\n#>\n$x = 1'],
    ["$x = @'\n[Convert]::FromBase64String('x') | iex $PSCmdlet\n'@"],
    ["$x = [regex]::Unescape('-decode utf8NoBOM')"],
    ['foreach ($x in $y) { Write-Output $x }'],
    ['function Get-Thing {\n    [CmdletBinding()]\n    param([Parameter(Mandatory = $true)][string]$A)\n    $A\n}'],
    ['$x = [datetime]::UtcNow\n$y = [int[]]@(1, 2)\n$z = New-Object -TypeName PSObject -Property @{ A = 1 }'],
    ['Get-Item x > $null'],
    ["$env:X = 'a'\n$global:y = 1\n$script:z = 2"],
  ])('leaves %j alone', (text) => {
    expect(lintText(text)).toEqual([]);
  });
});

describe('commands', () => {
  it.each([
    ["Get-FileHash -Path 'x'"],
    ['Get-Itm x'],
    ["Get-ChildItem -LiteralPath 'x' -Depth 2"],
    ["Get-Content -LiteralPath 'x' -AsByteStream"],
    ["Get-Item -Literal 'x'"],
    ["Get-Item -LiteralPath 'x' -InformationAction Ignore"],
    ['function Get-Thing {\n    param([string]$A)\n    $A\n}\nGet-Thing -B 1'],
    ['function Get-Thing {\n    param([string]$A)\n    $A\n}\nGet-Thing -ErrorAction Stop'],
    ['function Get-Thing {\n    $args\n}\nGet-Thing -A 1'],
  ])('finds what 3.0 or the script does not have in %j', (text) => {
    expect(codes(lintText(text))).toEqual(['script-unknown-command']);
  });

  it.each([
    [
      'function Get-Thing {\n    param([string]$A, $B = 3)\n    $A\n}\nget-thing -b 1 -A:2\n$s = @{ A = 1 }\nGet-Thing @s',
    ],
    ["Get-Item -LiteralPath 'x' -Force:$true -ErrorAction SilentlyContinue"],
    ['$x | Where-Object { $_ } | Sort-Object -Unique'],
  ])('knows those in %j', (text) => {
    expect(lintText(text)).toEqual([]);
  });
});

/** The call inside a function of that name, in a script that knows Invoke-Native. */
function inside(name: string, call: string): string {
  const native =
    'function Invoke-Native {\n    param([string]$FilePath, [string[]]$Arguments)\n    @(& $tool @Arguments 2>&1)\n}';
  return `${native}\nfunction ${name} {\n    ${call}\n}`;
}

const changing: readonly (readonly [string, string])[] = [
  ['Get-A', "Set-ItemProperty -LiteralPath 'a' -Name b -Value c"],
  ['Get-A', "New-ItemProperty -LiteralPath 'a' -Name b"],
  ['Get-A', "Set-Content -LiteralPath 'a' -Value b"],
  ['Get-A', "Remove-Item -LiteralPath 'a'"],
  ['Write-ReportFile', "New-Item -Path 'a'"],
  ['Get-A', "New-Item -Path 'a'"],
  ['Get-A', "Import-Certificate -FilePath 'a' -CertStoreLocation 'b'"],
  ['Get-A', 'Restart-Computer'],
  ['Get-A', 'Stop-Service a'],
  ['Get-A', 'Start-Service a'],
  ['Get-A', 'Set-Service a'],
  ['Get-A', "'a' | Out-File b"],
  ['Get-A', "Add-Content -LiteralPath 'a' -Value b"],
  ['Get-A', 'Add-MachineCertificate'],
  ['Write-ChangeRecord', '$x = 1'],
  ['Get-A', "$key.SetValue('a', 1)"],
  ['Get-A', '(Get-Item x).Delete()'],
  ['Get-A', 'reg.exe delete x'],
  ['Get-A', "Invoke-Native -FilePath 'reg.exe' -Arguments 'add', $x"],
  ['Get-A', "Invoke-Native -FilePath 'reg.exe' -Arguments $x"],
  ['Get-A', "Invoke-Native -FilePath $x -Arguments 'query'"],
  ['Get-A', "Invoke-Native 'reg.exe' 'query'"],
  ['Get-A', 'Invoke-Native @x'],
  ['Get-A', "Invoke-Native -FilePath 'certutil.exe' -Arguments '-f', '-addstore'"],
  ['Get-A', "Invoke-Native -FilePath 'icacls.exe' -Arguments $x"],
];

describe('what changes the machine', () => {
  it.each(changing)('is found in %s: %s', (name, call) => {
    expect(codes(lintText(inside(name, call), 'check'))).toEqual(['script-changes-machine']);
    expect(codes(lintText(inside(name, call), 'report'))).toEqual(['script-changes-machine']);
    expect(codes(lintText(inside(name, call), 'fix-cert'))).not.toContain('script-changes-machine');
  });

  it.each([
    ['Write-ReportFile', "Set-Content -LiteralPath 'a' -Value b\n    Move-Item -LiteralPath a -Destination b"],
    ['Write-ReportFile', "Remove-Item -LiteralPath 'a'"],
    ['New-ProtectedFolder', "New-Item -ItemType Directory -Path 'a'"],
    ['Read-A', "Invoke-Native -FilePath 'reg.exe' -Arguments 'query', $x, '/reg:64'"],
    ['Read-A', "Invoke-Native -FilePath 'whoami.exe' -Arguments '/groups'"],
  ])('is not %s: %s', (name, call) => {
    expect(lintText(inside(name, call), 'check')).toEqual([]);
  });

  it.each(['check', 'report', 'fix-cert'] as const)(
    'lets New-ProtectedFolder close its folder in %s, and nobody else',
    (script) => {
      const call = "Invoke-Native -FilePath 'icacls.exe' -Arguments $x";
      expect(lintText(inside('New-ProtectedFolder', call), script)).toEqual([]);
      expect(lintText(inside('Read-Other', call), script)).toHaveLength(1);
    },
  );

  it.each([
    "New-EventLog -LogName 'Application' -Source 'psmint'",
    "Write-EventLog -LogName 'Application' -Source 'psmint' -EventId 1 -EntryType 'Error' -Message 'x'",
  ])('lets check write an event in the one function that does: %s', (call) => {
    expect(lintText(inside('Write-RunEvent', call), 'check')).toEqual([]);
    expect(codes(lintText(inside('Read-Other', call), 'check'))).toEqual(['script-changes-machine']);
  });

  it('lets eventcreate.exe run in the one function that writes events, and not in report', () => {
    const call = "Invoke-Native -FilePath 'eventcreate.exe' -Arguments '/L', 'APPLICATION'";
    expect(lintText(inside('Write-RunEvent', call), 'check')).toEqual([]);
    expect(codes(lintText(inside('Read-Other', call), 'check'))).toEqual(['script-changes-machine']);
    expect(codes(lintText(inside('Write-RunEvent', call), 'report'))).toEqual(['script-changes-machine']);
  });

  it('lets fix-cert call only the tools of the list', () => {
    const call = "Invoke-Native -FilePath 'certutil.exe' -Arguments '-f', '-addstore'";
    expect(lintText(inside('Add-CertificateFromFile', call), 'fix-cert')).toEqual([]);
    expect(codes(lintText(inside('Get-A', call), 'fix-cert'))).toEqual(['script-banned-construct']);
  });
});

describe('.NET types', () => {
  const opened = "$x = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')";

  it('are allowed where the language mode was asked', () => {
    expect(lintText(`function Read-Registry {\n    ${opened}\n}`)).toEqual([]);
    expect(codes(lintText(`function Get-Other {\n    ${opened}\n}`))).toEqual(['script-banned-construct']);
    expect(codes(lintText(opened))).toEqual(['script-banned-construct']);
  });

  it('are only read in a function that may only read', () => {
    const within = (text: string): string[] => codes(lintText(`function Test-ConsoleOutput {\n    ${text}\n}`));
    expect(within('[Console]::IsOutputRedirected')).toEqual([]);
    expect(within("[Console]::Write('x')")).toEqual(['script-banned-construct']);
    expect(within("[Console]::Out.Write('x')")).toEqual(['script-banned-construct']);
    expect(within('[Console]::Title = 1')).toEqual(['script-banned-construct']);
  });
});

describe('speed', () => {
  it('is no part of a build that anybody waits for', () => {
    const [longest] = [...real].sort((a, b) => b.bytes.length - a.bytes.length);
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      lint(longest!, { signatureReserve: 0 });
      return performance.now() - start;
    });
    // About 10 ms for 60 kB on an idle machine; a busy one is allowed twenty times that.
    expect(Math.min(...times)).toBeLessThan((200 * longest!.bytes.length) / 60_000);
  });
});
