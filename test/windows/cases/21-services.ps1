# Services, the system drive and programs of this Windows, held against what .NET says of them.
New-Case -Name 'the state of every service is the one that Windows gives, in both language modes' -Needs @() -Run {
	$services = @([System.ServiceProcess.ServiceController]::GetServices())
	foreach ($state in @('Running', 'Stopped')) { Assert-Same -Actual (@($services | Where-Object { "$($_.Status)" -eq $state }).Length -gt 0) -Expected $true -What $state }
	foreach ($service in $services) {
		foreach ($mode in $modes) {
			$read = Invoke-InMode -Language $mode -Command 'Read-Service' -Parameters @{ Name = $service.ServiceName }
			# A service may start or stop between two looks.
			$service.Refresh()
			$before = "$($service.Status)"
			if ("$($read.Value)" -ne $before) { $read = Invoke-InMode -Language $mode -Command 'Read-Service' -Parameters @{ Name = $service.ServiceName } }
			Assert-Same -Actual @($read.Status, $read.Value) -Expected @('found', $before) -What "$($service.ServiceName) in $mode"
		}
	}
}

New-Case -Name 'a service that is not there is missing, one that does not run is stopped, and missing again when it is gone' -Run {
	$name = "psmint-test-$PID"
	$states = { foreach ($mode in $modes) { $read = Invoke-InMode -Language $mode -Command 'Read-Service' -Parameters @{ Name = $name }; "$($read.Status) $($read.Value)" } }
	Assert-Same -Actual @(& $states) -Expected @('missing ', 'missing ') -What 'before'
	$null = New-Service -Name $name -BinaryPathName "$env:SystemRoot\System32\svchost.exe" -StartupType Manual
	Assert-Same -Actual @(& $states) -Expected @('found Stopped', 'found Stopped') -What 'registered'
	$null = & "$env:SystemRoot\System32\sc.exe" delete $name
	Assert-Same -Actual @(& $states) -Expected @('missing ', 'missing ') -What 'after'
} -After { $null = & "$env:SystemRoot\System32\sc.exe" delete "psmint-test-$PID" }

New-Case -Name 'the free space of the system drive, within what a running machine writes' -Needs @() -Run {
	$free = (New-Object -TypeName System.IO.DriveInfo -ArgumentList $env:SystemDrive).AvailableFreeSpace
	foreach ($mode in $modes) {
		$read = Invoke-InMode -Language $mode -Command 'Read-FreeSpace'
		Assert-Same -Actual $read.Status -Expected 'found' -What $mode
		Assert-Same -Actual ([System.Math]::Abs([long]$read.Value - $free) -lt 1GB) -Expected $true -What "$($read.Value) in $mode"
	}
}

New-Case -Name 'a program below Program Files has the version of its file, whatever the bits of this process' -Needs @('elevated') -Run {
	$from = "$env:SystemRoot\System32\kernel32.dll"
	$version = [System.Diagnostics.FileVersionInfo]::GetVersionInfo($from)
	$expected = '{0}.{1}.{2}.{3}' -f $version.FileMajorPart, $version.FileMinorPart, $version.FileBuildPart, $version.FilePrivatePart
	$places = @{ '%ProgramFiles%' = "$env:ProgramW6432"; '%ProgramFiles(x86)%' = "${env:ProgramFiles(x86)}"; '%ProgramData%' = $env:ProgramData }
	foreach ($name in @($places.Keys)) {
		$folder = if ($places[$name]) { $places[$name] } else { $env:ProgramFiles }
		foreach ($mode in $modes) { Assert-Same -Actual (Invoke-InMode -Language $mode -Command 'Read-ProgramFileVersion' -Parameters @{ Path = "$name\psmint-test-$PID\a.dll" }).Status -Expected 'missing' -What "$name in $mode" }
		$null = New-Item -ItemType Directory -Path "$folder\psmint-test-$PID" -Force
		try {
			Copy-Item -LiteralPath $from -Destination "$folder\psmint-test-$PID\a.dll"
			foreach ($mode in $modes) {
				$read = Invoke-InMode -Language $mode -Command 'Read-ProgramFileVersion' -Parameters @{ Path = "$name\psmint-test-$PID\a.dll" }
				Assert-Same -Actual @($read.Status, $read.Value) -Expected @('found', $expected) -What "$name in $mode"
			}
		} finally {
			Remove-Item -LiteralPath "$folder\psmint-test-$PID" -Recurse -Force
		}
	}
}

New-Case -Name 'a program of Windows that fails, and one that is not there' -Needs @() -Run {
	foreach ($mode in $modes) {
		$failed = Invoke-InMode -Language $mode -Command 'Invoke-Native' -Parameters @{ FilePath = 'reg.exe'; Arguments = @('query', "HKLM\SOFTWARE\psmint-test-$PID-none") }
		Assert-Same -Actual @(($failed.ExitCode -ne 0), $failed.Error) -Expected @($true, '') -What "reg.exe in $mode"
		Assert-Matches -Actual (Invoke-InMode -Language $mode -Command 'Invoke-Native' -Parameters @{ FilePath = 'psmint-none.exe'; Arguments = @() }).Error -Pattern '^psmint-none\.exe did not start: ' -What $mode
	}
}

New-Case -Name 'a firmware variable that nobody can look at here, and an event that nobody wrote' -Needs @() -Run {
	foreach ($mode in $modes) {
		# Found where Windows PowerShell runs with the rights of an administrator and UEFI is there.
		$read = Invoke-InMode -Language $mode -Command 'Read-FirmwareVariable' -Parameters @{ Name = 'db' }
		if ($PSVersionTable['PSEdition'] -eq 'Core') { Assert-Same -Actual $read.Status -Expected 'missing' -What "db in $mode" }
		if ($read.Status -eq 'found') { Assert-Matches -Actual "$($read.Value)" -Pattern '(2011|2023)' -What "db in $mode" }
		$told = Invoke-InMode -Language $mode -Command 'Read-Event' -Parameters @{ LogName = 'System'; Provider = "psmint-test-$PID"; Id = 1801 }
		Assert-Same -Actual ($told.Status -ne 'found') -Expected $true -What "event in $mode"
	}
}
