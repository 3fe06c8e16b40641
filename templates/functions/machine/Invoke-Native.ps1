function Invoke-Native {
	<#
	.SYNOPSIS
	Runs a program of System32 by its full path. Returns ExitCode, Output (lines, both streams) and Error (empty when it ran).
	#>
	param($FilePath, [string[]]$Arguments)

	# A 32-bit process sees the 64-bit System32 as Sysnative.
	$folder = if ($env:PROCESSOR_ARCHITEW6432) { 'Sysnative' } else { 'System32' }
	$tool = "$env:SystemRoot\$folder\$FilePath"
	# With Stop, one line that a tool writes to stderr would end the script in PowerShell 5.1.
	$ErrorActionPreference = 'Continue'
	try {
		$global:LASTEXITCODE = 0
		$output = @(& $tool @Arguments 2>&1)
		@{ ExitCode = $global:LASTEXITCODE; Output = @(foreach ($line in $output) { "$line" }); Error = '' }
	} catch {
		@{ ExitCode = -1; Output = @(); Error = "$FilePath did not start: $($_.FullyQualifiedErrorId)" }
	}
}
