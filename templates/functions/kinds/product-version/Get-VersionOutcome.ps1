function Get-VersionOutcome {
	<#
	.SYNOPSIS
	Outcome of one version by the line of its major number: pass, fail, unknown (below a line that tells nothing then),
	or shape when it is no three-part version of a known line.
	#>
	param([string]$Text, $Lines)

	if ($Text -notmatch '^((0|[1-9][0-9]{0,8})\.){2}(0|[1-9][0-9]{0,8})$' -or $Text -match '\s') { return 'shape' }
	foreach ($line in $Lines) {
		if (([version]$line.Minimum).Major -ne ([version]$Text).Major) { continue }
		if ($line['ComparableFrom'] -and [version]$Text -lt [version]$line.ComparableFrom) { return 'shape' }
		if ([version]$Text -ge [version]$line.Minimum) { return 'pass' }
		return $line.Below
	}
	return 'shape'
}
