function Read-ConstrainedRegistry {
	<#
	.SYNOPSIS
	Read-Registry where .NET may not be called: by the registry provider, which sees the view of its own process, or by reg.exe.
	#>
	param([string]$Path, [int]$View, [string]$Name)

	# x86 is what a 32-bit process sees; PROCESSOR_ARCHITEW6432 is there only when Windows is a 64-bit one.
	$is32Bit = $env:PROCESSOR_ARCHITECTURE -eq 'x86'
	if ($is32Bit -and $env:PROCESSOR_ARCHITEW6432 -and $View -eq 64) { return Read-RegistryByTool -Path "HKLM\$Path" -Name $Name }
	if (-not $is32Bit -and $View -eq 32) { $Path = $Path -replace '^SOFTWARE\\', 'SOFTWARE\WOW6432Node\' }
	$Path = "Registry::HKEY_LOCAL_MACHINE\$Path"
	try {
		$item = Get-Item -LiteralPath $Path
	} catch {
		# A key that is not there is told apart from one that may not be read by the identifier of the error.
		if ("$($_.FullyQualifiedErrorId)" -like 'PathNotFound*') { return @{ Status = 'missing'; Value = '' } }
		throw
	}
	if (-not $Name) { return @{ Status = 'found'; Value = @(foreach ($child in @(Get-ChildItem -LiteralPath $Path)) { $child.PSChildName }) } }
	if (@($item.Property) -notcontains $Name) { return @{ Status = 'missing'; Value = '' } }
	@{ Status = 'found'; Value = (Get-ItemProperty -LiteralPath $Path -Name $Name).$Name }
}
