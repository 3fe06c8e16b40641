<#
.SYNOPSIS
Runs one file of cases on a real Windows and writes what came out as JSON: { host, has, cases: [ { name, needs, state, message } ] }.
.DESCRIPTION
The function files are those that scripts embed. A case calls them through Invoke-InMode, in a runspace of the language mode
it asks for, and looks at the outcome itself in FullLanguage. A case that needs what this host lacks is not run.
#>
param([string]$Functions, [string]$Cases, [string]$Scratch, [string]$Certificate, [string]$Out)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$texts = @(Get-ChildItem -LiteralPath $Functions -Filter '*.ps1' -Recurse | ForEach-Object { [System.IO.File]::ReadAllText($_.FullName) })
$runspaces = @{}

function Invoke-InMode {
	param([string]$Language, [string]$Command, [hashtable]$Parameters = @{})

	if (-not $runspaces.ContainsKey($Language)) {
		$state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
		$state.LanguageMode = $Language
		$runspace = [System.Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($state)
		$runspace.Open()
		# As the scripts have them: what a function says beyond its answer is a mistake.
		$start = "Set-StrictMode -Version 2.0`n`$ErrorActionPreference = 'Stop'`n`$ProgressPreference = 'SilentlyContinue'`n" + [string]::Join("`n", $texts)
		$shell = [System.Management.Automation.PowerShell]::Create()
		$shell.Runspace = $runspace
		[void]$shell.AddScript($start).Invoke()
		$runspaces[$Language] = $runspace
	}
	$shell = [System.Management.Automation.PowerShell]::Create()
	$shell.Runspace = $runspaces[$Language]
	$answer = @($shell.AddCommand($Command).AddParameters($Parameters).Invoke())
	if ($shell.Streams.Error.Count -gt 0) { throw "$Command in $Language wrote an error: $($shell.Streams.Error[0])" }
	if ($answer.Length -eq 0) { return $null }
	$answer[0].PSObject.BaseObject
}

function Assert-Same {
	param($Actual, $Expected, [string]$What)

	$texts = @($Actual, $Expected | ForEach-Object { ConvertTo-Json -InputObject $_ -Depth 6 -Compress })
	if ($texts[0] -cne $texts[1]) { throw "${What}: expected $($texts[1]), got $($texts[0])" }
}

function Assert-Matches {
	param($Actual, [string]$Pattern, [string]$What)

	if ("$Actual" -cnotmatch $Pattern) { throw "${What}: '$Actual' does not match $Pattern" }
}

function Test-Works {
	param([scriptblock]$Try)

	try { [bool](& $Try) } catch { $false }
}

# What this host has. Wine is a Windows for registry, stores and files; what it only pretends to have is taken for missing.
$isWine = Test-Path -LiteralPath "$env:SystemRoot\System32\winecfg.exe"
$probe = Join-Path -Path $Scratch -ChildPath 'probe.txt'
[System.IO.File]::WriteAllText($probe, 'x')
$has = @{
	elevated = Test-Works { Invoke-InMode -Language 'FullLanguage' -Command 'Test-Elevation' }
	certProvider = -not $isWine -and (Test-Works { Test-Path -LiteralPath 'Cert:\LocalMachine\Root' })
	certFromFile = -not $isWine
	# Wine drops a root that its own system does not have when a process opens the store, and forgets what was removed.
	lastingStores = -not $isWine
	hotFix = Test-Works { @(Get-HotFix); $true }
	whoami = Test-Works { @(& "$env:SystemRoot\System32\whoami.exe" /groups) -match 'S-1-16-' }
	registryRights = Test-Works {
		$path = "HKLM:\SOFTWARE\psmint-test-$PID-probe"
		try {
			$null = New-Item -Path $path -Force
			Set-Acl -LiteralPath $path -AclObject (Get-Acl -LiteralPath $path)
			$true
		} finally {
			Remove-Item -LiteralPath $path -Force
		}
	}
	rights = Test-Works {
		$null = & "$env:SystemRoot\System32\icacls.exe" $probe /inheritance:r /grant:r '*S-1-5-32-544:F'
		(Get-Acl -LiteralPath $probe).Sddl -match 'D:P'
	}
	eventLog = Test-Works { (New-Object -TypeName System.Diagnostics.EventLog -ArgumentList 'Application').Entries.Count -ge 0 }
	junction = Test-Works {
		$null = New-Item -ItemType Junction -Path (Join-Path -Path $Scratch -ChildPath 'probe-link') -Target $Scratch
		"$((Get-Item -LiteralPath (Join-Path -Path $Scratch -ChildPath 'probe-link') -Force).Attributes)" -match 'ReparsePoint'
	}
	authenticode = Test-Works { "$((Get-AuthenticodeSignature -FilePath $Cases).Status)" -eq 'NotSigned' }
}

$modes = @('FullLanguage', 'ConstrainedLanguage')

function New-Case {
	param([string]$Name, [string[]]$Needs = @('elevated'), [scriptblock]$Run, [scriptblock]$After = {})

	@{ Name = $Name; Needs = $Needs; Run = $Run; After = $After }
}

. (Join-Path -Path $PSScriptRoot -ChildPath 'Certificate-Helpers.ps1') -Certificate $Certificate
$results = @()
# Dot-sourced: the variables and helpers of the file are there while its cases run.
foreach ($case in @(. $Cases)) {
	$result = @{ name = $case.Name; needs = @($case.Needs); state = 'passed'; message = '' }
	$lacks = @($result.needs | Where-Object { -not $has[$_] })
	if ($lacks.Length -gt 0) {
		$result.state = 'skipped'
		$result.message = [string]::Join(', ', $lacks)
	} else {
		try {
			& $case.Run
		} catch {
			$result.state = 'failed'
			$result.message = "$_ (line $($_.InvocationInfo.ScriptLineNumber): $($_.InvocationInfo.Line.Trim()))"
		} finally {
			& $case.After
		}
	}
	$results += $result
}
$about = '{0}, PowerShell {1}' -f $(if ($isWine) { 'Wine' } else { 'Windows' }), $PSVersionTable.PSVersion
[System.IO.File]::WriteAllText($Out, (ConvertTo-Json -InputObject @{ host = $about; has = $has; cases = $results } -Depth 5))
