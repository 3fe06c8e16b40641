function Test-RegistryValue {
	<#
	.SYNOPSIS
	Is a registry value what the rule asks for?
	#>
	param($Rule, $Facts)

	$read = @{ Rule = $Rule; Facts = $Facts }
	$fact = Select-Fact @read -Role 'Value'
	$key = 'REGISTRY_UNREADABLE'
	$actual = ''
	if ($fact -and $fact.Status -eq 'missing') {
		$key = 'REGISTRY_MISSING'
	} elseif ($fact -and $fact.Status -eq 'found') {
		$key = "REGISTRY_$(Get-ConditionOutcome -Fact $fact -Condition $Rule.Parameters)"
		$actual = ConvertTo-EvidenceText -Fact $fact
	}
	$state = switch -Regex ($key) {
		'_MISSING' { $Rule.Parameters.Missing }
		'_NOT_MET' { 'fail' }
		'Y_MET' { 'pass' }
		default { 'unknown' }
	}
	New-Finding @read -State $state -Key $key -Expected $Rule.Parameters.Expected -Actual $actual
}
