function Read-ChangeRecord {
	<#
	.SYNOPSIS
	Whether an earlier fix of this pack added a certificate: found with its state (adding, added), missing, or error.
	#>
	param($PackId, $Store, $Thumbprint)

	try {
		$folder = "$env:ProgramData\psmint\$PackId"
		$file = "$folder\$Store-$Thumbprint.json"
		if (-not (Test-Path -LiteralPath $file)) { return @{ Status = 'missing'; Value = '' } }
		# The folder is one that only administrators can write; a record from anywhere else is not believed.
		$problem = Test-ProtectedFolder -Path $folder
		if ($problem) { return Get-ReadError -Problem $problem }
		$record = Get-Content -LiteralPath $file -Raw | ConvertFrom-Json
		if ($record.schemaVersion -ne 1) { return Get-ReadError -Problem 'the change record has another version' }
		@{ Status = 'found'; Value = "$($record.state)" }
	} catch {
		Get-ReadError -Problem $_
	}
}
