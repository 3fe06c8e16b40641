function Write-ChangeRecord {
	<#
	.SYNOPSIS
	Writes down that a fix of this pack is adding or has added a certificate; with state 'removed', that nothing is left of
	it. Returns nothing, or why it could not.
	#>
	param($PackId, $Store, $Thumbprint, $State)

	$folder = New-ProtectedFolder -Name $PackId
	if ($folder.Error) { return $folder.Error }
	$file = "$($folder.Path)\$Store-$Thumbprint.json"
	if ($State -ne 'removed') {
		$record = @{ schemaVersion = 1; pack = $PackId; store = $Store; thumbprint = $Thumbprint; state = $State; at = Get-UtcTime }
		return Write-ReportFile -Path $file -Text (ConvertTo-AsciiJson -InputObject $record) -Encoding 'Ascii'
	}
	try {
		if (Test-Path -LiteralPath $file) { Remove-Item -LiteralPath $file -Force }
	} catch {
		return "$($_.FullyQualifiedErrorId)"
	}
}
