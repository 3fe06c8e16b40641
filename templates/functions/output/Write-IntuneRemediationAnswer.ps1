function Write-IntuneRemediationAnswer {
	<#
	.SYNOPSIS
	Answer of the target "intune-remediation": one line, for Intune keeps only the last one.
	#>
	param($Answer)

	Get-SummaryLine @Answer
}
