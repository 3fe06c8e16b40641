function Write-ManualAnswer {
	<#
	.SYNOPSIS
	Answer of the target "manual": the summary as the last line, for a person and for a program.
	#>
	param($Answer)

	Get-SummaryLine @Answer
}
