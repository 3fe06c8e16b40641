<#
.SYNOPSIS
Runs scripts on simulated machines, each script in a runspace of its own, and writes what they answered as JSON.
.DESCRIPTION
The jobs file holds { limitSeconds, slots, jobs: [ { id, language, machine, runs: [ { step, script, readsOnly, parameters } ] } ] }.
The runs of a job see one machine, in order; jobs see nothing of each other. A script that does not end within the limit is
a result too (timedOut), and the job's later runs are left out. A run that only reads and ends with a line that no machine
gave before runs once more: its second line (again) has to be the same.
#>
param([string]$JobsPath, [string]$ResultsPath)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
. (Join-Path $PSScriptRoot 'Resolve-SimulatedKey.ps1')
. (Join-Path $PSScriptRoot 'New-SimulatedMachine.ps1')

function New-RunParameter {
	param($Parameters)

	$table = @{}
	foreach ($property in @($Parameters.PSObject.Properties)) { $table[$property.Name] = $property.Value }
	$table
}

function Start-SimulatedScript {
	param($Job, [int]$Index, $First = $null)

	$run = @($Job.Description.runs)[$Index]
	$Job.Machine.Events = @()
	$Job.Machine.History = @()
	$state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
	$state.LanguageMode = $Job.Description.language
	$entry = New-Object System.Management.Automation.Runspaces.SessionStateVariableEntry 'SimulatedMachine', $Job.Machine, ''
	$state.Variables.Add($entry)
	$runspace = [System.Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($state)
	$runspace.Open()
	$shell = [System.Management.Automation.PowerShell]::Create()
	$shell.Runspace = $runspace
	[void]$shell.AddCommand($run.script).AddParameters((New-RunParameter -Parameters $run.parameters))
	@{ Job = $Job; Index = $Index; First = $First; ReadsOnly = $run.readsOnly; Step = $run.step; Runspace = $runspace; Shell = $shell; Watch = [System.Diagnostics.Stopwatch]::StartNew(); Async = $shell.BeginInvoke() }
}

function Complete-SimulatedScript {
	param($Active)

	$shell = $Active.Shell
	$output = @()
	$thrown = @()
	$code = 0
	try {
		$output = @($shell.EndInvoke($Active.Async) | ForEach-Object { "$_" })
		$last = $Active.Runspace.SessionStateProxy.GetVariable('LASTEXITCODE')
		if ($null -ne $last) { $code = [int]$last }
	} catch {
		# PowerShell started with -File answers 1 to whatever a script throws.
		$thrown = @("$_")
		$code = 1
	}
	$result = @{
		step = $Active.Step
		exitCode = $code
		output = $output
		errors = @($thrown) + @($shell.Streams.Error | ForEach-Object { "$_" })
		warnings = @(foreach ($line in @($shell.Streams.Warning) + @($shell.Streams.Verbose) + @($shell.Streams.Debug)) { "$line" })
		timedOut = $false
		durationMs = [int]$Active.Watch.ElapsedMilliseconds
		events = @($Active.Job.Machine.Events)
		history = @($Active.Job.Machine.History)
	}
	$shell.Dispose()
	$Active.Runspace.Dispose()
	$result
}

function Stop-SimulatedScript {
	param($Active)

	# Not waited for: what hangs may hang in the stop too.
	[void]$Active.Shell.BeginStop($null, $null)
	@{ step = $Active.Step; exitCode = -1; output = @(); errors = @(); warnings = @(); events = @(); history = @(); timedOut = $true; durationMs = [int]$Active.Watch.ElapsedMilliseconds }
}

$plan = [System.IO.File]::ReadAllText($JobsPath) | ConvertFrom-Json
$waiting = New-Object System.Collections.Queue
foreach ($description in $plan.jobs) {
	$waiting.Enqueue(@{ Description = $description; Machine = (New-SimulatedMachine -Description $description.machine); Results = (New-Object System.Collections.ArrayList) })
}
$done = New-Object System.Collections.ArrayList
$active = @()
$seen = @{}
while ($waiting.Count -gt 0 -or $active.Length -gt 0) {
	while ($waiting.Count -gt 0 -and $active.Length -lt $plan.slots) {
		$active += Start-SimulatedScript -Job $waiting.Dequeue() -Index 0
	}
	[void][System.Threading.WaitHandle]::WaitAny([System.Threading.WaitHandle[]]@($active | ForEach-Object { $_.Async.AsyncWaitHandle }), 500)
	$active = @(
		foreach ($item in $active) {
			$isLate = $item.Watch.Elapsed.TotalSeconds -gt $plan.limitSeconds
			if (-not $item.Async.IsCompleted -and -not $isLate) {
				$item
				continue
			}
			$job = $item.Job
			$result = if ($item.Async.IsCompleted) { Complete-SimulatedScript -Active $item } else { Stop-SimulatedScript -Active $item }
			$line = "$(@($result.output)[-1])"
			if ($item.First) {
				$item.First.again = if ($result.timedOut) { '(none within the time limit)' } else { $line }
				$result = $item.First
			} elseif ($item.ReadsOnly -and -not $result.timedOut -and -not $seen.ContainsKey($line)) {
				$seen[$line] = $true
				Start-SimulatedScript -Job $job -Index $item.Index -First $result
				continue
			}
			[void]$job.Results.Add($result)
			if (-not $result.timedOut -and $item.Index + 1 -lt @($job.Description.runs).Length) {
				Start-SimulatedScript -Job $job -Index ($item.Index + 1)
			} else {
				[void]$done.Add(@{ id = $job.Description.id; runs = $job.Results })
			}
		}
	)
}
[System.IO.File]::WriteAllText($ResultsPath, (ConvertTo-Json -InputObject @{ shell = "$($PSVersionTable.PSVersion)"; jobs = $done } -Depth 8 -Compress))
# A script that hangs must not keep this process alive.
[System.Environment]::Exit(0)
