# Events and the local record of a run.
$source = 'HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\Application\psmint'
$wasThere = Test-Path -LiteralPath $source
$pack = "psmint-test-$PID"
$record = "$env:ProgramData\psmint\$pack\record\check.ndjson"
$event = @{ Id = 101; Type = 'Error' }

$remove = {
	if (-not $wasThere -and (Test-Path -LiteralPath $source)) { Remove-Item -LiteralPath $source -Recurse -Force }
	if (Test-Path -LiteralPath "$env:ProgramData\psmint\$pack") { Remove-Item -LiteralPath "$env:ProgramData\psmint\$pack" -Recurse -Force }
	$parent = "$env:ProgramData\psmint"
	if ((Test-Path -LiteralPath $parent) -and @(Get-ChildItem -LiteralPath $parent -Force).Length -eq 0) { Remove-Item -LiteralPath $parent -Force }
}

New-Case -Name 'an event registers its source, and says nothing' -Run {
	Assert-Same -Actual (Invoke-InMode -Language 'FullLanguage' -Command 'Write-RunEvent' -Parameters @{ Entry = $event; Text = 'PSMINT test' }) -Expected $null -What 'Write-RunEvent'
	Assert-Same -Actual (Test-Path -LiteralPath $source) -Expected $true -What 'the source'
} -After $remove

New-Case -Name 'an event is in the log as it was written' -Needs @('elevated', 'eventLog') -Run {
	foreach ($mode in $modes) {
		$text = "PSMINT test $PID $mode"
		$null = Invoke-InMode -Language $mode -Command 'Write-RunEvent' -Parameters @{ Entry = $event; Text = $text }
		$found = @((New-Object -TypeName System.Diagnostics.EventLog -ArgumentList 'Application').Entries | Where-Object { $_.Source -eq 'psmint' -and $_.Message -like "*$text*" })
		Assert-Same -Actual @($found | ForEach-Object { "$($_.InstanceId -band 0xFFFF) $($_.EntryType)" }) -Expected @('101 Error') -What $mode
	}
} -After $remove

New-Case -Name 'where no event can be written, nothing is said' -Needs @() -Run {
	foreach ($mode in $modes) {
		# No ID of an event: whatever is tried, it fails.
		Assert-Same -Actual (Invoke-InMode -Language $mode -Command 'Write-RunEvent' -Parameters @{ Entry = @{ Id = 70000; Type = 'Nonsense' }; Text = 'x' }) -Expected $null -What $mode
	}
} -After $remove

New-Case -Name 'the record keeps the last 50 runs, for administrators alone' -Needs @('elevated', 'rights') -Run {
	foreach ($mode in $modes) {
		foreach ($run in 1..52) {
			Assert-Same -Actual (Invoke-InMode -Language $mode -Command 'Add-RunHistory' -Parameters @{ PackId = $pack; Script = 'check'; Entry = ([ordered]@{ schemaVersion = 1; line = "$mode $run" }) }) -Expected $null -What "$mode $run"
		}
		$lines = @(Get-Content -LiteralPath $record)
		Assert-Same -Actual @($lines.Length, ($lines[49] | ConvertFrom-Json).line) -Expected @(50, "$mode 52") -What $mode
	}
} -After $remove

New-Case -Name 'where the folder cannot be closed there is no record, and it says so' -Run {
	if ($has.rights) { return }
	Assert-Matches -Actual (Invoke-InMode -Language 'FullLanguage' -Command 'Add-RunHistory' -Parameters @{ PackId = $pack; Script = 'check'; Entry = @{ schemaVersion = 1 } }) -Pattern '.' -What 'Add-RunHistory'
	Assert-Same -Actual (Test-Path -LiteralPath $record) -Expected $false -What 'the file'
} -After $remove
