function ConvertTo-AsciiJson {
	<#
	.SYNOPSIS
	JSON in one line of ASCII: other characters are written \uXXXX.
	#>
	param($InputObject)

	$json = ConvertTo-Json -InputObject $InputObject -Depth 9 -Compress
	foreach ($match in @([regex]::Matches($json, '[^ -~]') | Select-Object -ExpandProperty Value -Unique)) {
		$json = $json.Replace($match, ('\u{0:x4}' -f [int][char]$match))
	}
	return $json
}
