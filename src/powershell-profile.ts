import type { DiagnosticCode } from './diagnostic.ts';
import type { SignedScriptName } from './script-plan.ts';

/** Names are looked up in lower case: PowerShell does not tell cases apart. */
export type Names = ReadonlySet<string>;

/** A set of names from lists with blanks between them. */
export function names(...lists: readonly string[]): Names {
  return new Set(lists.flatMap((list) => list.toLowerCase().split(/\s+/)));
}

/**
 * Commands that scripts may call, with the parameters that Windows PowerShell 3.0 on Server 2012 and PowerShell 7 both
 * have (Import-Certificate, New-EventLog, Write-EventLog: 3.0 to 5.1). Taken from the compatibility profiles of PSScriptAnalyzer (github.com/PowerShell/PSScriptAnalyzer,
 * PSCompatibilityCollector/profiles, win-8_x64_6.2.9200.0_3.0 and win-8_x64_10.0.17763.0_7.0.0).
 */
export const commandParameters: ReadonlyMap<string, Names> = new Map(
  Object.entries({
    'ConvertFrom-Json': 'InputObject',
    'ConvertTo-Json': 'Compress Depth InputObject',
    'ForEach-Object': 'Begin End InputObject MemberName Process',
    'Get-Acl': 'InputObject LiteralPath Path',
    'Get-ChildItem': 'Exclude File Filter Force Include LiteralPath Name Path Recurse Directory',
    'Get-AuthenticodeSignature': 'FilePath LiteralPath',
    'Get-CimInstance': 'ClassName Filter Namespace',
    'Get-Content': 'Encoding LiteralPath Path Raw ReadCount Tail TotalCount',
    'Get-Culture': '',
    'Get-Date': 'Date Format',
    'Get-HotFix': 'Description Id',
    'Get-Item': 'Force LiteralPath Path',
    'Get-ItemProperty': 'LiteralPath Name Path',
    'Get-PfxCertificate': 'FilePath LiteralPath',
    'Get-PSDrive': 'LiteralName Name PSProvider',
    'Get-SecureBootUEFI': 'Name',
    'Get-Service': 'DisplayName Exclude Include InputObject Name',
    'Get-WinEvent': 'FilterHashtable MaxEvents',
    'Group-Object': 'AsHashTable AsString CaseSensitive InputObject NoElement Property',
    'Import-Certificate': 'CertStoreLocation FilePath WhatIf',
    'Join-Path': 'ChildPath Path',
    'Measure-Object': 'Average InputObject Maximum Minimum Property Sum',
    'Move-Item': 'Destination Force LiteralPath Path WhatIf',
    'New-EventLog': 'LogName Source',
    'New-Item': 'Force ItemType Name Path Value WhatIf',
    'New-Object': 'ArgumentList Property TypeName',
    'Remove-Item': 'Force LiteralPath Path Recurse WhatIf',
    'Select-Object': 'ExcludeProperty ExpandProperty First Index InputObject Last Property Skip Unique',
    'Set-Content': 'Encoding Force LiteralPath Path Value WhatIf',
    'Set-StrictMode': 'Version',
    'Sort-Object': 'CaseSensitive Descending InputObject Property Unique',
    'Split-Path': 'Leaf LiteralPath Parent Path',
    'Start-Process': 'ArgumentList FilePath WorkingDirectory',
    'Start-Sleep': 'Milliseconds Seconds',
    'Test-Path': 'LiteralPath Path PathType',
    'Where-Object': 'FilterScript InputObject',
    'Write-EventLog': 'EntryType EventId LogName Message Source',
    'Write-Output': 'InputObject',
  }).map(([command, parameters]) => [command.toLowerCase(), names(parameters)]),
);

/** Parameters of every cmdlet in 3.0 (about_CommonParameters). */
export const commonParameters = names(
  'Debug ErrorAction ErrorVariable OutBuffer OutVariable Verbose WarningAction WarningVariable',
);

/** The scripts that may change the machine; every other one only reads. */
export const mayChange = (script: SignedScriptName): boolean => script === 'fix-cert' || script === 'install-trust';

/** Functions of psmint that change the machine: only scripts that may change it hold them. */
export const changeFunctions = names(
  'Add-CertificateFromFile Add-MachineCertificate Remove-MachineCertificate Start-RepairTool Write-ChangeRecord',
  'Install-TrustCertificate',
);

/** Commands that change Windows; `changesWithin` has the exceptions. */
export const changeCommands =
  /^(?:(?:add|clear|out|new|write|limit|remove)-eventlog|(?:add|clear|out)-(?:content|file|item.*)|(?:set|new|remove|rename|copy|move)-(?:item.*|content|acl|service|cim.*|wmi.*|psdrive|local.*|netfirewall.*|scheduledtask.*)|(?:stop|restart|suspend|resume|enable|disable|install|uninstall|register|unregister|export|checkpoint|restore)-.*|start-(?:service|process|bitstransfer)|import-(?:certificate|pfxcertificate)|invoke-(?:cimmethod|wmimethod)|tee-object|reg|sc|net|netsh|certutil|icacls|shutdown|msiexec|wusa|dism)(?:\.exe)?$/;

/** The functions in which a script that only reads may call a command: the one that writes its own output. */
export const changesWithin: ReadonlyMap<string, readonly string[]> = new Map([
  ['remove-item', ['write-reportfile']],
  ['set-content', ['write-reportfile']],
  ['move-item', ['write-reportfile']],
  ['new-item', ['new-protectedfolder', 'save-report']],
  ['new-eventlog', ['write-runevent']],
  ['write-eventlog', ['write-runevent']],
]);

/** The function in which a script that may change the machine may call a command that is banned everywhere else. */
export const bannedButWithin: ReadonlyMap<string, string> = new Map([['start-process', 'start-repairtool']]);

/** Methods that change the registry, files or processes; a script that only reads calls none. */
export const changeMethods = names(
  'SetValue CreateSubKey DeleteSubKey DeleteSubKeyTree DeleteValue SetAccessControl Delete MoveTo CopyTo Kill',
);

/** Runs text as code, reaches the web or another program, or asks the user. */
export const bannedCommands = names(
  'Invoke-Expression Invoke-Command Invoke-WebRequest Invoke-RestMethod Invoke-Item Add-Type Read-Host Write-Host',
  'Start-Process Start-Job Start-Transcript Import-Module Get-Credential powershell powershell.exe pwsh pwsh.exe cmd cmd.exe',
  'using configuration workflow',
);

/** Aliases of 3.0 and 7 that people write; `where` and `foreach` stand here as commands, not as the statement. */
export const aliases = names(
  '% ? ac cat cd clc clear cls compare copy cp curl del diff dir echo epal erase fc fl foreach ft fw gc gci gcim gcm',
  'gi gl gm gp group gsv gu gv gwmi h iex ihy ii irm iwr kill ls man md measure mi mkdir more move mp mv ni ogv oh popd',
  'ps pushd pwd r rd ren ri rm rmdir rni rp rv sajb saps sasv sc select set si sl sleep sls sort sp spps spsv start sv',
  'tee type wget where write',
);

/** Methods that run text as code or do not exist in 3.0; the value says why. */
export const bannedMethods: ReadonlyMap<string, string> = new Map([
  ['new', '`::new()` does not exist in PowerShell 3.0; use New-Object'],
  ['where', '`.Where()` does not exist in PowerShell 3.0; use Where-Object'],
  ['foreach', '`.ForEach()` does not exist in PowerShell 3.0; use a foreach statement'],
  ['frombase64string', '`FromBase64String` looks like malware to a defender'],
  ['invoke', '`.Invoke()` does not work in ConstrainedLanguage'],
  ['invokereturnasis', '`.InvokeReturnAsIs()` does not work in ConstrainedLanguage'],
  ['invokescript', '`.InvokeScript()` runs text as code'],
  ['newscriptblock', '`.NewScriptBlock()` runs text as code'],
  ['shouldprocess', '`.ShouldProcess()` does not work in ConstrainedLanguage'],
]);

/** Arguments that no command of a script gets, whatever the command. */
export const bannedArguments = names('utf8NoBOM -decode -decodehex -EncodedCommand -urlcache');

/** Core types whose methods and casts work in ConstrainedLanguage on 3.0 to 7 (about_Language_Modes). */
export const coreTypes = names(
  'array bigint bool byte cultureinfo char datetime decimal double float guid hashtable int int16 int32 int64 long object',
  'ordered psobject regex sbyte single string switch timespan uint16 uint32 uint64 uri version void xml',
);

/** A type in `full` may be used in any way, one in `read` only for a static property. */
export interface FunctionTypes {
  readonly full?: Names;
  readonly read?: Names;
}

const addingTypes = names(
  'System.Text.Encoding System.Security.Cryptography.X509Certificates.X509Certificate2',
  'System.Security.Cryptography.X509Certificates.X509Store',
);

/** .NET types beyond the core types, by the function that asks for the language mode first or is reached behind that. */
export const typesOfFunctions: ReadonlyMap<string, FunctionTypes> = new Map([
  ['read-registry', { full: names('Microsoft.Win32.RegistryKey') }],
  [
    'test-elevation',
    {
      full: names(
        'System.Security.Principal.WindowsIdentity System.Security.Principal.WindowsPrincipal',
        'System.Security.Principal.WindowsBuiltInRole',
      ),
    },
  ],
  ['add-machinecertificate', { full: addingTypes }],
  ['remove-machinecertificate', { full: names('System.Security.Cryptography.X509Certificates.X509Store') }],
  ['write-runevent', { full: names('System.Diagnostics.EventLog') }],
  ['test-consoleoutput', { read: names('Console') }],
]);

/** A call of a native program: `first` is its first argument, `within` the only function that may make the call. */
export interface NativeCall {
  readonly file: string;
  readonly first?: string;
  readonly within?: string;
  readonly scripts: readonly SignedScriptName[];
}

const everyScript = ['check', 'fix-cert', 'report', 'install-trust'] as const;
export const nativeCalls: readonly NativeCall[] = [
  { file: 'reg.exe', first: 'query', scripts: everyScript },
  { file: 'whoami.exe', first: '/groups', scripts: everyScript },
  { file: 'icacls.exe', within: 'new-protectedfolder', scripts: everyScript },
  { file: 'eventcreate.exe', first: '/L', within: 'write-runevent', scripts: ['check', 'fix-cert'] },
  { file: 'certutil.exe', first: '-f', within: 'add-certificatefromfile', scripts: ['fix-cert', 'install-trust'] },
];

/** Something that breaks a law; `index` is its offset in the script. */
export interface Finding {
  readonly code: DiagnosticCode;
  /** One sentence without the place. */
  readonly message: string;
  readonly index: number;
}
