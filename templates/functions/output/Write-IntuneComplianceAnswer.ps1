function Write-IntuneComplianceAnswer {
	<#
	.SYNOPSIS
	Answer of the target "intune-compliance": one line of JSON, the verdict and whether each required rule is met.
	#>
	param($Answer)

	$settings = [ordered]@{ 'PSMINT-VERDICT' = $Answer.Verdict }
	foreach ($finding in $Answer.Findings) {
		if ($finding.Severity -eq 'required') { $settings[$finding.Id] = @('pass', 'notApplicable') -contains $finding.State }
	}
	ConvertTo-AsciiJson -InputObject $settings
}
