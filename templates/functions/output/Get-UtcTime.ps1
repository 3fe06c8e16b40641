function Get-UtcTime {
	<#
	.SYNOPSIS
	The time now, ISO 8601 in UTC.
	#>
	return [datetime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ')
}
