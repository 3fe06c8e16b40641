function Write-ConfigmgrRunScriptAnswer {
	<#
	.SYNOPSIS
	Answer of the target "configmgr-run-script": one object, which the client turns into JSON of at most 4 KB.
	#>
	param($Answer)

	New-Object -TypeName PSObject -Property @{ Verdict = $Answer.Verdict; Summary = Get-SummaryLine @Answer }
}
