# A vendor's tool: a copy of cmd.exe that writes the log of one. What its signature says is told here, where a case is about the rest.
$folder = Join-Path -Path $Scratch -ChildPath 'a tool''s folder'
$tool = @{ Id = 'test'; File = 'TestTool.exe'; Arguments = @('/c', 'mkdir Log & echo Fixing result is True> Log\Tool.txt'); Signer = '^CN=Test(?:, |$)'; Logs = @('Tool.txt'); Done = 'Fixing result is True'; Seconds = 20 }

$prepare = {
	if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse -Force }
	$null = [System.IO.Directory]::CreateDirectory($folder)
	Copy-Item -LiteralPath "$env:SystemRoot\System32\cmd.exe" -Destination (Join-Path -Path $folder -ChildPath $tool.File)
}

function Start-Tool {
	param([string]$Language, [hashtable]$Change = @{}, [string]$Place = $folder)

	$asked = $tool.Clone()
	foreach ($name in $Change.Keys) { $asked[$name] = $Change[$name] }
	Invoke-InMode -Language $Language -Command 'Start-RepairTool' -Parameters @{ Tool = $asked; Folder = $Place }
}

# A function goes before a cmdlet of its name, until it is removed.
function Set-Signature {
	param([string]$Language, [string]$Status, [string]$Subject)

	$text = "function global:Get-AuthenticodeSignature { param([string]`$LiteralPath) @{ Status = '$Status'; SignerCertificate = @{ Subject = '$Subject' } } }"
	if (-not $Status) { $text = 'Remove-Item -LiteralPath Function:\Get-AuthenticodeSignature' }
	$null = Invoke-InMode -Language $Language -Command 'Invoke-Expression' -Parameters @{ Command = $text }
}

New-Case -Name 'a tool that is not there, in a folder that is or is not there' -Needs @() -Run {
	foreach ($mode in $modes) {
		Assert-Matches -Actual (Start-Tool -Language $mode -Change @{ File = 'Nobody.exe' }) -Pattern '^not in .+folder$' -What $mode
		Assert-Matches -Actual (Start-Tool -Language $mode -Place "$folder\nothing") -Pattern '^PathNotFound' -What $mode
	}
} -After $prepare

New-Case -Name 'a program without a signature is not run' -Needs @() -Run {
	foreach ($mode in $modes) {
		[System.IO.File]::WriteAllText("$folder\Unsigned.exe", 'MZ')
		Assert-Matches -Actual (Start-Tool -Language $mode -Change @{ File = 'Unsigned.exe' }) -Pattern '^not run, signature \w+$' -What $mode
		Assert-Same -Actual (Test-Path -LiteralPath "$folder\Log") -Expected $false -What "a log in $mode"
	}
} -After $prepare

New-Case -Name 'a program of another publisher is not run' -Needs @() -Run {
	foreach ($mode in $modes) {
		Set-Signature -Language $mode -Status 'Valid' -Subject 'CN=Tester, O=Test'
		try { $answer = Start-Tool -Language $mode } finally { Set-Signature -Language $mode }
		Assert-Same -Actual $answer -Expected 'not run, signed by CN=Tester, O=Test' -What $mode
		Assert-Same -Actual (Test-Path -LiteralPath "$folder\Log") -Expected $false -What "a log in $mode"
	}
} -After $prepare

New-Case -Name 'a program of the publisher is run in its folder, and its log ends the wait' -Needs @() -Run {
	foreach ($mode in $modes) {
		& $prepare
		Set-Signature -Language $mode -Status 'Valid' -Subject 'CN=Test, O=Test'
		try { $answer = Start-Tool -Language $mode } finally { Set-Signature -Language $mode }
		Assert-Same -Actual $answer -Expected $null -What $mode
		Assert-Matches -Actual ([System.IO.File]::ReadAllText("$folder\Log\Tool.txt")) -Pattern 'True' -What "the log in $mode"
	}
} -After $prepare

New-Case -Name 'a log of an earlier run, or one that tells no end, does not end the wait' -Needs @() -Run {
	foreach ($mode in $modes) {
		& $prepare
		$null = [System.IO.Directory]::CreateDirectory("$folder\Old")
		[System.IO.File]::WriteAllText("$folder\Old\Tool.txt", 'Fixing result is True')
		[System.IO.File]::SetLastWriteTimeUtc("$folder\Old\Tool.txt", [datetime]::UtcNow.AddMinutes(-1))
		Set-Signature -Language $mode -Status 'Valid' -Subject 'CN=Test, O=Test'
		try { $answer = Start-Tool -Language $mode -Change @{ Seconds = 4; Arguments = @('/c', 'echo Fixing result is False> Tool.txt') } } finally { Set-Signature -Language $mode }
		Assert-Same -Actual $answer -Expected 'its log names no end within 4 seconds' -What $mode
	}
} -After $prepare

New-Case -Name 'a log in UTF-16 without a byte order mark is read too' -Needs @() -Run {
	foreach ($mode in $modes) {
		& $prepare
		[System.IO.File]::WriteAllText("$folder\wide.txt", 'Fixing result is True', (New-Object -TypeName System.Text.UnicodeEncoding -ArgumentList $false, $false))
		# A copy has the time of its original.
		[System.IO.File]::SetLastWriteTimeUtc("$folder\wide.txt", [datetime]::UtcNow.AddMinutes(1))
		Set-Signature -Language $mode -Status 'Valid' -Subject 'CN=Test, O=Test'
		try { $answer = Start-Tool -Language $mode -Change @{ Arguments = @('/c', 'copy wide.txt Tool.txt') } } finally { Set-Signature -Language $mode }
		Assert-Same -Actual $answer -Expected $null -What $mode
	}
} -After $prepare
& $prepare
