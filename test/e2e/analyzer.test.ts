import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTool } from '../../src/tools.ts';
import { announceSkip, findShell } from '../support/pester.ts';
import { distinct, renderRealPacks } from '../support/real-pack.ts';

// PSScriptAnalyzer on the scripts as they are delivered: https://learn.microsoft.com/powershell/utility-modules/psscriptanalyzer

/** Server 2012, Server 2012 R2, Server 2019; profiles that PSScriptAnalyzer up to 1.23 brings along. */
const profiles = [
  'win-8_x64_6.2.9200.0_3.0_x64_4.0.30319.42000_framework',
  'win-8_x64_6.3.9600.0_4.0_x64_4.0.30319.42000_framework',
  'win-8_x64_10.0.17763.0_5.1.17763.316_x64_4.0.30319.42000_framework',
];

/** What the rules for compatibility may find, and why it is right as it is: nothing today. */
const justified: Readonly<Record<string, string>> = {};

/** What the default rules may find, and why it is right as it is. */
const justifiedByDefault: Readonly<Record<string, string>> = {
  PSPossibleIncorrectComparisonWithNull: '`@(…) -ne $null` is a filter: it takes the nulls out of a list',
  PSReviewUnusedParameter: 'a parameter that is used in the script block of Where-Object counts as unused',
  PSUseShouldProcessForStateChangingFunctions:
    'needs CmdletBinding, which keeps signed scripts from starting under App Control; -WhatIf is a switch of fix-cert itself',
};

const analyzer = `
param([string]$Folder, [string]$Out, [string]$Profiles)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module PSScriptAnalyzer
$own = Join-Path -Path (Split-Path -Path (Get-Module PSScriptAnalyzer).Path) -ChildPath 'compatibility_profiles'
$names = @($Profiles -split ',' | Where-Object { Test-Path -LiteralPath (Join-Path -Path $own -ChildPath "$_.json") })
$syntax = @{ Enable = $true; TargetVersions = @('3.0', '4.0', '5.1', '7.0') }
$rules = @{ PSUseCompatibleSyntax = $syntax; PSUseCompatibleCommands = @{ Enable = $true; TargetProfiles = $names }; PSUseCompatibleTypes = @{ Enable = $true; TargetProfiles = $names } }
$compatible = @{ IncludeRules = @($rules.Keys); Rules = $rules }
$found = @(
    foreach ($file in Get-ChildItem -LiteralPath $Folder -Filter '*.ps1') {
        $sets = @{ compatible = $compatible; default = @{ } }
        foreach ($set in 'compatible', 'default') {
            foreach ($one in @(Invoke-ScriptAnalyzer -Path $file.FullName -Settings $sets[$set])) {
                @{ set = $set; file = $file.Name; rule = $one.RuleName; line = $one.Line; message = $one.Message }
            }
        }
    }
)
$answer = @{ profiles = $names; found = $found }
[System.IO.File]::WriteAllText($Out, (ConvertTo-Json -InputObject $answer -Depth 4))
`;

interface Finding {
  readonly set: 'compatible' | 'default';
  readonly file: string;
  readonly rule: string;
  readonly line: number;
  readonly message: string;
}

interface Analysis {
  readonly profiles: readonly string[];
  readonly found: readonly Finding[];
}

/** A script that every rule has something against: an analysis that finds nothing in it finds nothing at all. */
const bad = [
  'param([string]$Path)',
  "$x = $Path ? 'a' : 'b'",
  'class A { }',
  'Get-FileHash -LiteralPath $Path',
  'Get-ChildItem -LiteralPath $Path -Depth 2',
  '$y = [System.Management.Automation.SemanticVersion]::Parse($x)',
  '',
].join('\r\n');

const shell = await findShell();
const hasAnalyzer =
  shell !== undefined &&
  (
    await runTool(
      shell,
      ['-NoProfile', '-NonInteractive', '-Command', 'Import-Module PSScriptAnalyzer -ErrorAction Stop; exit 7'],
      {
        timeoutMs: 60_000,
      },
    )
  ).exitCode === 7;
if (!hasAnalyzer) announceSkip('PSScriptAnalyzer on every script', 'no PowerShell with the module PSScriptAnalyzer');

describe.skipIf(!hasAnalyzer)('PSScriptAnalyzer', () => {
  let folder = '';
  let analysis: Analysis;
  let names: readonly string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'psmint-analyzer-'));
    await mkdir(join(folder, 'scripts'));
    const scripts = distinct(await renderRealPacks());
    names = scripts.map(({ path }) => path.replaceAll('/', '_'));
    for (const [index, { bytes }] of scripts.entries())
      await writeFile(join(folder, 'scripts', names[index] ?? ''), bytes);
    await writeFile(join(folder, 'scripts', 'bad.ps1'), bad);
    const script = join(folder, 'analyze.ps1');
    const out = join(folder, 'analysis.json');
    await writeFile(script, analyzer);
    const args = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', script];
    const { stderr } = await runTool(shell ?? '', [...args, join(folder, 'scripts'), out, profiles.join(',')], {
      timeoutMs: 600_000,
    });
    expect(stderr).toBe('');
    analysis = JSON.parse(await readFile(out, 'utf8')) as Analysis;
  }, 600_000);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('looks at every script, with the profiles of 3.0, 4.0 and 5.1', () => {
    expect(names.length).toBeGreaterThanOrEqual(6);
    expect(analysis.profiles).toEqual(profiles);
  });

  it.each(['PSUseCompatibleSyntax', 'PSUseCompatibleCommands', 'PSUseCompatibleTypes'])(
    '%s finds what is wrong with a bad script',
    (rule) => {
      const found = analysis.found.filter((one) => one.file === 'bad.ps1' && one.set === 'compatible');
      expect(found.map((one) => one.rule)).toContain(rule);
    },
  );

  it.each([
    ['compatible', 'works in 3.0, 4.0, 5.1 and 7.0', justified],
    ['default', 'keeps the default rules', justifiedByDefault],
  ] as const)('%s: every script %s, or says why not', (set, _, reasons) => {
    const found = analysis.found.filter((one) => one.set === set && one.file !== 'bad.ps1');
    expect(found.filter(({ rule }) => !Object.hasOwn(reasons, rule))).toEqual([]);
    // A reason that nothing needs any more is taken out of the list.
    expect(Object.keys(reasons).filter((rule) => !found.some((one) => one.rule === rule))).toEqual([]);
  });
});
