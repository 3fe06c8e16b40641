function Get-RevisionMessage {
	<#
	.SYNOPSIS
	Message key for a build that got the update as a cumulative one. Editions that were out of support when it came never got it.
	#>
	param($Row, [int]$Revision, $Kind, $EditionId)

	if ($Revision -lt 0) { return 'OS_REVISION_UNREADABLE' }
	if ($Revision -ge $Row.MinRevision) { return 'OS_REVISION_REACHED' }
	$all = @(@($Row['OutOfSupport']) + @($Row['InSupport']) | Where-Object { $_ -and (-not $Kind -or ($_ -like 'server*') -eq ($Kind -eq 'server')) })
	$class = Get-EditionClass -EditionId $EditionId
	# The IoT edition of an LTSC has a date of its own only where it differs.
	if ($class -eq 'iot-ltsc' -and $all -notcontains $class) { $class = 'ltsc' }
	if ($all -contains $class) { $all = @($class) }
	$ended = @($all | Where-Object { @($Row['OutOfSupport']) -contains $_ })
	if ($ended.Length -eq 0) { return 'OS_REVISION_BELOW' }
	if ($ended.Length -lt $all.Length) { return 'OS_REVISION_BELOW_EDITION_UNKNOWN' }
	return 'OS_REVISION_BELOW_UPGRADE'
}
