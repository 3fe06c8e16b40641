function Test-VersionReached {
	<#
	.SYNOPSIS
	Is a version of one to four numbers at least the minimum? Nothing when the text is no version.
	#>
	param([string]$Text, [string]$Minimum)

	if ($Text -notmatch '^[0-9]{1,9}(\.[0-9]{1,9}){0,3}$' -or $Text -match '\s') { return }
	# Numbers that are left away count as 0; to [version] alone 5.1 is older than 5.1.0.
	$both = @(foreach ($one in @($Text, $Minimum)) { [version][string]::Join('.', @("$one.0.0.0".Split('.')[0..3])) })
	return $both[0] -ge $both[1]
}
