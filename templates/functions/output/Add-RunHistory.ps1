function Add-RunHistory {
	<#
	.SYNOPSIS
	Adds a line of JSON to %ProgramData%\psmint\<pack>\record\<script>.ndjson, which keeps the last 50. What is no line of
	this kind falls away; a file over 1 MB is begun anew. Returns nothing, or why it could not.
	#>
	param($PackId, $Script, $Entry)

	$folder = New-ProtectedFolder -Name "$PackId\record"
	if ($folder.Error) { return $folder.Error }
	$file = "$($folder.Path)\$Script.ndjson"
	$lines = @()
	if ((Test-Path -LiteralPath $file) -and (Get-Item -LiteralPath $file -Force).Length -le 1048576) { $lines = @(Get-Content -LiteralPath $file) -match '^\{"schemaVersion":1,.*\}$' }
	$lines = @(@($lines) + (ConvertTo-AsciiJson -InputObject $Entry) | Select-Object -Last 50)
	return Write-ReportFile -Path $file -Text ([string]::Join("`r`n", $lines)) -Encoding 'Ascii'
}
