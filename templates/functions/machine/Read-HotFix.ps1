function Read-HotFix {
	<#
	.SYNOPSIS
	KB numbers that Win32_QuickFixEngineering knows. Slow: seconds on some machines.
	#>
	if ($env:OS -ne 'Windows_NT') { return Get-ReadError -Problem 'no list of hot fixes on this system' }
	try {
		$ids = @(foreach ($hotFix in @(Get-HotFix)) { "$($hotFix.HotFixID)" }) -match '^KB[0-9]+$'
		@{ Status = 'found'; Value = @($ids | Sort-Object -Unique) }
	} catch {
		Get-ReadError -Problem $_
	}
}
