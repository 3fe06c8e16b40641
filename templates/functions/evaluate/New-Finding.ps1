function New-Finding {
	<#
	.SYNOPSIS
	The outcome of one rule, with every fact that has been read for it as evidence. Notes are message keys;
	Needs names the facts that could still change the outcome.
	#>
	param($Rule, $Facts, $State, $Key, [string]$Expected = '', [string]$Actual = '', $Notes = @(), $Needs = @())

	$evidence = @(
		foreach ($fact in @(Select-Fact -Rule $Rule -Facts $Facts)) { [ordered]@{ source = $fact.Id; status = $fact.Status; value = ConvertTo-EvidenceText -Fact $fact } }
	)
	@{
		Id = $Rule.Id
		Severity = $Rule.Severity
		State = $State
		MessageKey = $Key
		Expected = $Expected
		Actual = $Actual
		Notes = @($Notes)
		Evidence = $evidence
		Needs = @($Needs)
	}
}
