function Save-Report {
	<#
	.SYNOPSIS
	Writes the report as JSON, HTML and CSV into a folder, by default one that only administrators can write. Returns Path
	of the page (empty when there is none) and Problems, one text for each file that could not be written.
	#>
	param($Page, [string]$ReportPath, [string]$OutDir, [string]$Share)

	$report = $Page.Report
	$json = ConvertTo-AsciiJson -InputObject $report
	# A device name is a host name, but it came from the machine: no character of it may lead elsewhere.
	$name = $report.device.name -replace '[^A-Za-z0-9._-]', '_'
	$problems = @(if ($ReportPath) { Write-ReportFile -Path $ReportPath -Text $json -Encoding 'Ascii' })
	$path = ''
	try {
		if (-not $OutDir) {
			$protected = New-ProtectedFolder -Name "$($report.pack.id)\report"
			if ($protected.Error) { throw $protected.Error }
			$OutDir = $protected.Path
		}
		if (-not (Test-Path -LiteralPath $OutDir)) { $null = New-Item -ItemType Directory -Path $OutDir }
		$path = Join-Path -Path $OutDir -ChildPath $name
		$problems += @(
			Write-ReportFile -Path "$path.json" -Text $json -Encoding 'Ascii'
			Write-ReportFile -Path "$path.csv" -Text (ConvertTo-CsvReport -Report $report -Answer $Page.Answer -Language $Page.Language) -Encoding 'Utf8Bom'
		)
		$unwritten = @(Write-ReportFile -Path "$path.html" -Text (ConvertTo-HtmlReport @Page) -Encoding 'Utf8Bom')
		$problems += $unwritten
		$path = if ($unwritten.Length -gt 0) { '' } else { "$path.html" }
	} catch {
		$problems += "$OutDir $($_.FullyQualifiedErrorId)".Trim()
	}
	try {
		if ($Share) { $problems += @(Write-ReportFile -Path (Join-Path -Path $Share -ChildPath "$name.json") -Text $json -Encoding 'Ascii') }
	} catch {
		$problems += "$Share $($_.FullyQualifiedErrorId)"
	}
	@{ Path = $path; Problems = $problems }
}
