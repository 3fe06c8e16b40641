# A key of our own below HKLM, with the states of real machines in it.
$name = "psmint-test-$PID"
$key = "HKLM:\SOFTWARE\$name"
$key32 = "HKLM:\SOFTWARE\WOW6432Node\$name"

function Read-Both {
	param([string]$Key, [string]$Name = '', [string]$What)

	$answers = @(foreach ($mode in $modes) { Invoke-InMode -Language $mode -Command 'Read-Registry' -Parameters @{ Key = $Key; Name = $Name } })
	Assert-Same -Actual $answers[1].Status -Expected $answers[0].Status -What "$What in both language modes"
	$answers
}

function Read-Tool {
	param([string]$Path, [string]$Name = '')

	Invoke-InMode -Language 'ConstrainedLanguage' -Command 'Read-RegistryByTool' -Parameters @{ Path = $Path; Name = $Name }
}

$remove = {
	foreach ($one in @($key, $key32)) { if (Test-Path -LiteralPath $one) { Remove-Item -LiteralPath $one -Recurse -Force } }
}

New-Case -Name 'the build of this Windows is read by every way' -Needs @() -Run {
	$path = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
	foreach ($read in @(Read-Both -Key $path -Name 'CurrentBuildNumber' -What 'the build') + (Read-Tool -Path ($path -replace ':', '') -Name 'CurrentBuildNumber')) {
		Assert-Same -Actual $read.Status -Expected 'found' -What 'status'
		Assert-Matches -Actual $read.Value -Pattern '^[0-9]{4,5}$' -What 'build'
	}
} -After $remove

New-Case -Name 'typed values have one text in both language modes and by reg.exe' -Run {
	$null = New-Item -Path $key -Force
	$values = @(
		@('Text', 'String', '19041', '19041'),
		@('Number', 'DWord', 1266, '1266'),
		@('Zero', 'DWord', 0, '0'),
		@('Large', 'DWord', 32230, '32230'),
		@('Spaces', 'String', '6.7.3578 / 14.3.1105', '6.7.3578 / 14.3.1105'),
		@('With blank', 'String', 'a b', 'a b'),
		@('Brackets[1]', 'String', 'c', 'c')
	)
	foreach ($value in $values) { $null = New-ItemProperty -LiteralPath $key -Name $value[0] -PropertyType $value[1] -Value $value[2] }
	foreach ($value in $values) {
		foreach ($read in @(Read-Both -Key $key -Name $value[0] -What $value[0]) + (Read-Tool -Path "HKLM\SOFTWARE\$name" -Name $value[0])) {
			Assert-Same -Actual $read.Status -Expected 'found' -What $value[0]
			Assert-Same -Actual "$($read.Value)" -Expected $value[3] -What $value[0]
		}
	}
} -After $remove

New-Case -Name 'a number that is none stays none: 0xFFFFFFFF, several texts, nothing' -Run {
	$null = New-Item -Path $key -Force
	$null = New-ItemProperty -LiteralPath $key -Name 'Huge' -PropertyType 'DWord' -Value ([int]-1)
	$null = New-ItemProperty -LiteralPath $key -Name 'Many' -PropertyType 'MultiString' -Value @('1266', '1267')
	$null = New-ItemProperty -LiteralPath $key -Name 'Empty' -PropertyType 'String' -Value ''
	foreach ($value in @('Huge', 'Many', 'Empty')) {
		foreach ($read in @(Read-Both -Key $key -Name $value -What $value) + (Read-Tool -Path "HKLM\SOFTWARE\$name" -Name $value)) {
			Assert-Same -Actual $read.Status -Expected 'found' -What $value
			Assert-Same -Actual (Invoke-InMode -Language 'FullLanguage' -Command 'Get-FactNumber' -Parameters @{ Fact = $read }) -Expected (-2) -What $value
		}
	}
} -After $remove

New-Case -Name 'what is not there is missing: value, key, and a key below one that is not there' -Run {
	$null = New-Item -Path $key -Force
	foreach ($place in @(@($key, 'None'), @("$key\none", ''), @("$key\none", 'None'), @("$key\none\none", 'None'))) {
		$tool = Read-Tool -Path ($place[0] -replace ':', '') -Name $place[1]
		foreach ($read in @(Read-Both -Key $place[0] -Name $place[1] -What "$place") + $tool) { Assert-Same -Actual $read.Status -Expected 'missing' -What "$place" }
	}
} -After $remove

New-Case -Name 'the keys below a key, none, one and many, with names that mean something elsewhere' -Run {
	$null = New-Item -Path $key -Force
	foreach ($read in @(Read-Both -Key $key -What 'no key below') + (Read-Tool -Path "HKLM\SOFTWARE\$name")) {
		Assert-Same -Actual $read.Status -Expected 'found' -What 'no key below'
		Assert-Same -Actual @($read.Value).Length -Expected 0 -What 'no key below'
	}
	$names = @('Package_for_KB5006729~31bf3856ad364e35~amd64~~6.3.1.2', 'a[1]', 'b c', 'Misc.')
	$made = @()
	foreach ($one in $names) {
		[Microsoft.Win32.Registry]::LocalMachine.CreateSubKey("SOFTWARE\$name\$one").Close()
		$made += $one
		foreach ($read in @(Read-Both -Key $key -What 'keys below') + (Read-Tool -Path "HKLM\SOFTWARE\$name")) {
			Assert-Same -Actual @($read.Value | Sort-Object) -Expected @($made | Sort-Object) -What "$($made.Length) keys below"
		}
		foreach ($read in Read-Both -Key "$key\$one" -What $one) { Assert-Same -Actual $read.Status -Expected 'found' -What $one }
	}
} -After $remove

New-Case -Name 'both views: HKLM32 sees WOW6432Node, HKLM does not' -Run {
	$null = New-Item -Path $key32 -Force
	$null = New-ItemProperty -LiteralPath $key32 -Name 'View' -PropertyType 'DWord' -Value 32
	foreach ($read in Read-Both -Key $key -Name 'View' -What '64-bit view') { Assert-Same -Actual $read.Status -Expected 'missing' -What '64-bit view' }
	foreach ($place in @("HKLM32:\SOFTWARE\$name", $key32)) {
		foreach ($read in Read-Both -Key $place -Name 'View' -What $place) {
			Assert-Same -Actual $read.Status -Expected 'found' -What $place
			Assert-Same -Actual $read.Value -Expected 32 -What $place
		}
	}
	$null = New-Item -Path $key -Force
	$null = New-ItemProperty -LiteralPath $key -Name 'View' -PropertyType 'DWord' -Value 64
	foreach ($read in Read-Both -Key $key -Name 'View' -What '64-bit view') { Assert-Same -Actual $read.Value -Expected 64 -What '64-bit view' }
	foreach ($read in Read-Both -Key "HKLM32:\SOFTWARE\$name" -Name 'View' -What '32-bit view') { Assert-Same -Actual $read.Value -Expected 32 -What '32-bit view' }
} -After $remove

New-Case -Name 'servicing packages of an imported machine, with their states' -Run {
	$packages = "SOFTWARE\$name\Packages"
	$states = @(
		@('Package_for_KB5006729~31bf3856ad364e35~amd64~~6.3.1.2', '00000070', 112, ''),
		@('Package_for_RollupFix~31bf3856ad364e35~amd64~~9600.20144.1.5', '00000060', 96, ''),
		@('Package_for_RollupFix~31bf3856ad364e35~x86~~9600.20045.1.5', 'ffffffff', -2, 'CurrentState found -1'),
		@('Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~6.3.9600.16384', '00000070', 112, '')
	)
	$lines = @('Windows Registry Editor Version 5.00', '')
	foreach ($state in $states) { $lines += @("[HKEY_LOCAL_MACHINE\$packages\$($state[0])]", "`"CurrentState`"=dword:$($state[1])", '') }
	$lines += @("[HKEY_LOCAL_MACHINE\$packages\Package_for_KB5006729~31bf3856ad364e35~amd64~~6.3.1.3]", '')
	$file = Join-Path -Path $Scratch -ChildPath 'packages.reg'
	[System.IO.File]::WriteAllText($file, [string]::Join("`r`n", $lines), [System.Text.Encoding]::Unicode)
	$null = & "$env:SystemRoot\System32\reg.exe" import $file 2>&1
	foreach ($mode in $modes) {
		$fact = Invoke-InMode -Language $mode -Command 'Get-ServicingPackageFact' -Parameters @{ Key = "HKLM:\$packages"; Pattern = '^Package_for_(RollupFix|KB[0-9]+)~' }
		Assert-Same -Actual $fact.Status -Expected 'found' -What $mode
		$found = @(foreach ($package in $fact.Value) { '{0} {1} {2}' -f $package.Name, $package.State, [bool]$package.Error })
		$expected = @(
			"$($states[0][0]) 112 False"
			'Package_for_KB5006729~31bf3856ad364e35~amd64~~6.3.1.3 -1 True'
			"$($states[1][0]) 96 False"
			"$($states[2][0]) -2 True"
		)
		Assert-Same -Actual $found -Expected $expected -What $mode
	}
} -After $remove

New-Case -Name 'a key that may not be read is an error, never missing' -Needs @('elevated', 'registryRights') -Run {
	$null = New-Item -Path "$key\closed" -Force
	$null = New-ItemProperty -LiteralPath "$key\closed" -Name 'Value' -PropertyType 'DWord' -Value 1
	$rights = Get-Acl -LiteralPath "$key\closed"
	$user = [System.Security.Principal.WindowsIdentity]::GetCurrent().User
	$rule = New-Object -TypeName System.Security.AccessControl.RegistryAccessRule -ArgumentList $user, 'QueryValues,EnumerateSubKeys', 'Deny'
	$rights.AddAccessRule($rule)
	Set-Acl -LiteralPath "$key\closed" -AclObject $rights
	try {
		foreach ($read in Read-Both -Key "$key\closed" -Name 'Value' -What 'a closed key') { Assert-Same -Actual $read.Status -Expected 'error' -What 'a closed key' }
		Assert-Same -Actual (Read-Tool -Path "HKLM\SOFTWARE\$name\closed" -Name 'Value').Status -Expected 'error' -What 'reg.exe'
	} finally {
		$null = $rights.RemoveAccessRule($rule)
		Set-Acl -LiteralPath "$key\closed" -AclObject $rights
	}
} -After $remove

New-Case -Name 'a fact says where it was read, by Get-Fact' -Run {
	$null = New-Item -Path $key -Force
	$null = New-ItemProperty -LiteralPath $key -Name 'UBR' -PropertyType 'DWord' -Value 1266
	foreach ($mode in $modes) {
		$fact = Invoke-InMode -Language $mode -Command 'Get-Fact' -Parameters @{ Id = "$key\UBR" }
		Assert-Same -Actual @($fact.Id, $fact.Status, "$($fact.Value)") -Expected @("$key\UBR", 'found', '1266') -What $mode
		$list = Invoke-InMode -Language $mode -Command 'Get-Fact' -Parameters @{ Id = "$key\" }
		Assert-Same -Actual $list.Status -Expected 'found' -What "$mode, the key itself"
	}
} -After $remove
