$pack = "psmint-test-$PID"
$data = "$env:ProgramData\psmint\$pack"
$place = @{ PackId = $pack; Store = 'Root'; Thumbprint = 'A' * 40 }

$remove = {
	if (Test-Path -LiteralPath $data) { Remove-Item -LiteralPath $data -Recurse -Force }
	# Only when it is empty: another pack of this machine may have its records there.
	$parent = "$env:ProgramData\psmint"
	if ((Test-Path -LiteralPath $parent) -and @(Get-ChildItem -LiteralPath $parent -Force).Length -eq 0) { Remove-Item -LiteralPath $parent -Force }
}

New-Case -Name 'versions are those of the file itself, in both language modes' -Needs @() -Run {
	foreach ($file in @('kernel32.dll', 'ntdll.dll', 'crypt32.dll')) {
		$version = [System.Diagnostics.FileVersionInfo]::GetVersionInfo("$env:SystemRoot\System32\$file")
		$expected = '{0}.{1}.{2}.{3}' -f $version.FileMajorPart, $version.FileMinorPart, $version.FileBuildPart, $version.FilePrivatePart
		foreach ($mode in $modes) {
			$read = Invoke-InMode -Language $mode -Command 'Read-FileVersion' -Parameters @{ Path = "%SystemRoot%\System32\$file" }
			Assert-Same -Actual @($read.Status, $read.Value) -Expected @('found', $expected) -What "$file in $mode"
		}
	}
} -After $remove

New-Case -Name 'a file that is not there is missing, and so is one in a folder that is not there' -Needs @() -Run {
	foreach ($mode in $modes) {
		foreach ($path in @('%SystemRoot%\System32\psmint-none.dll', '%SystemRoot%\psmint-none\none.dll')) {
			Assert-Same -Actual (Invoke-InMode -Language $mode -Command 'Read-FileVersion' -Parameters @{ Path = $path }).Status -Expected 'missing' -What "$path in $mode"
		}
	}
} -After $remove

New-Case -Name 'hot fixes are a list of KB numbers, or an error' -Needs @() -Run {
	foreach ($mode in $modes) {
		$read = Invoke-InMode -Language $mode -Command 'Read-HotFix'
		Assert-Same -Actual $read.Status -Expected $(if ($has.hotFix) { 'found' } else { 'error' }) -What $mode
		if ($read.Status -eq 'found') { foreach ($id in $read.Value) { Assert-Matches -Actual $id -Pattern '^KB[0-9]+$' -What $mode } }
	}
} -After $remove

New-Case -Name 'the host is told the same way in both language modes' -Needs @() -Run {
	$answers = @(foreach ($mode in $modes) { Invoke-InMode -Language $mode -Command 'Read-HostEnvironment' })
	foreach ($answer in $answers) {
		Assert-Same -Actual $answer.DeviceName -Expected "$env:COMPUTERNAME" -What 'name'
		Assert-Same -Actual @($answer.Host.windows, $answer.Host.windows64Bit) -Expected @($true, [System.Environment]::Is64BitOperatingSystem) -What 'Windows'
		Assert-Same -Actual $answer.Host.processBits -Expected $(if ([System.Environment]::Is64BitProcess) { 64 } else { 32 }) -What 'process'
	}
	Assert-Same -Actual @($answers | ForEach-Object { $_.Host.languageMode }) -Expected $modes -What 'language mode'
} -After $remove

New-Case -Name 'administrator rights are told the same way in both language modes' -Needs @('whoami') -Run {
	foreach ($mode in $modes) { Assert-Same -Actual (Invoke-InMode -Language $mode -Command 'Test-Elevation') -Expected $has.elevated -What $mode }
} -After $remove

New-Case -Name 'a report file is written whole, ASCII or with a byte order mark, over an older one' -Needs @() -Run {
	$file = Join-Path -Path $Scratch -ChildPath 'report.json'
	foreach ($mode in $modes) {
		foreach ($text in @('{"a":1}', '{"b":2}')) { Assert-Same -Actual (Invoke-InMode -Language $mode -Command 'Write-ReportFile' -Parameters @{ Path = $file; Text = $text; Encoding = 'Ascii' }) -Expected $null -What $mode }
		Assert-Same -Actual ([System.IO.File]::ReadAllBytes($file) -join ' ') -Expected '123 34 98 34 58 50 125 13 10' -What $mode
		Assert-Same -Actual (Invoke-InMode -Language $mode -Command 'Write-ReportFile' -Parameters @{ Path = $file; Text = "$([char]0x8a3c)"; Encoding = 'Utf8Bom' }) -Expected $null -What $mode
		Assert-Same -Actual ([System.IO.File]::ReadAllBytes($file) -join ' ') -Expected '239 187 191 232 168 188 13 10' -What $mode
	}
	Assert-Same -Actual @(Get-ChildItem -LiteralPath $Scratch -Filter '*.tmp').Length -Expected 0 -What 'temporary files'
} -After $remove

New-Case -Name 'a report file that another program holds is left alone, and nothing half-written stays' -Needs @() -Run {
	$file = Join-Path -Path $Scratch -ChildPath 'held.json'
	[System.IO.File]::WriteAllText($file, 'old')
	$held = [System.IO.File]::Open($file, 'Open', 'Read', 'None')
	try {
		foreach ($mode in $modes) { Assert-Matches -Actual (Invoke-InMode -Language $mode -Command 'Write-ReportFile' -Parameters @{ Path = $file; Text = 'new'; Encoding = 'Ascii' }) -Pattern 'could not be written' -What $mode }
	} finally {
		$held.Close()
	}
	Assert-Same -Actual ([System.IO.File]::ReadAllText($file)) -Expected 'old' -What 'content'
	Assert-Same -Actual @(Get-ChildItem -LiteralPath $Scratch -Filter '*.tmp').Length -Expected 0 -What 'temporary files'
} -After $remove

New-Case -Name 'a protected folder belongs to administrators and lets nobody else in' -Needs @('elevated', 'rights') -Run {
	foreach ($mode in $modes) {
		$made = Invoke-InMode -Language $mode -Command 'New-ProtectedFolder' -Parameters @{ Name = $pack }
		Assert-Same -Actual @($made.Path, $made.Error) -Expected @($data, '') -What $mode
		$sddl = (Get-Acl -LiteralPath $data).Sddl
		Assert-Matches -Actual $sddl -Pattern '^O:(BA|SY)' -What 'owner'
		foreach ($rule in @((Get-Acl -LiteralPath $data).Access)) { Assert-Matches -Actual $rule.IdentityReference.Translate([System.Security.Principal.SecurityIdentifier]).Value -Pattern '^S-1-5-(18|32-544)$' -What 'who may enter' }
	}
} -After $remove

New-Case -Name 'a link is no protected folder' -Needs @('elevated', 'rights', 'junction') -Run {
	$null = New-Item -ItemType Directory -Path "$env:ProgramData\psmint" -Force
	$null = New-Item -ItemType Junction -Path $data -Target $Scratch
	$problem = Invoke-InMode -Language 'FullLanguage' -Command 'Test-ProtectedFolder' -Parameters @{ Path = $data }
	[System.IO.Directory]::Delete($data)
	Assert-Matches -Actual $problem -Pattern 'is a link' -What 'Test-ProtectedFolder'
} -After $remove

New-Case -Name 'the change record: nothing, adding, added, nothing' -Needs @('elevated', 'rights') -Run {
	foreach ($mode in $modes) {
		$read = { Invoke-InMode -Language $mode -Command 'Read-ChangeRecord' -Parameters $place }
		Assert-Same -Actual (& $read).Status -Expected 'missing' -What $mode
		foreach ($state in @('adding', 'added')) {
			Assert-Same -Actual (Invoke-InMode -Language $mode -Command 'Write-ChangeRecord' -Parameters ($place + @{ State = $state })) -Expected $null -What "$mode $state"
			Assert-Same -Actual @((& $read).Status, (& $read).Value) -Expected @('found', $state) -What $mode
		}
		Assert-Same -Actual (Invoke-InMode -Language $mode -Command 'Write-ChangeRecord' -Parameters ($place + @{ State = 'removed' })) -Expected $null -What $mode
		Assert-Same -Actual (& $read).Status -Expected 'missing' -What $mode
	}
} -After $remove

New-Case -Name 'without rights that can be set there is no record, and it says so' -Needs @('elevated') -Run {
	if ($has.rights) { return }
	Assert-Matches -Actual (Invoke-InMode -Language 'FullLanguage' -Command 'Write-ChangeRecord' -Parameters ($place + @{ State = 'adding' })) -Pattern '.' -What 'Write-ChangeRecord'
} -After $remove
