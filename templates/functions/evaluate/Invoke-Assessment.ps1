function Invoke-Assessment {
	<#
	.SYNOPSIS
	Reads the cheap facts, evaluates every rule, and reads slow facts as long as a finding asks for them. Returns findings.
	#>
	param($Rules)

	$facts = @{}
	Add-Fact -Facts $facts -Rules $Rules
	$findings = @(Get-Finding -Rules $Rules -Facts $facts)
	# A rule asks in steps, cheapest first; the limit keeps a wrong rule from asking for ever.
	for ($round = 1; $round -le 3; $round++) {
		$needs = @(foreach ($finding in $findings) { $finding.Needs })
		if ($needs.Length -eq 0) { break }
		Add-Fact -Facts $facts -Rules $Rules -Id $needs
		$findings = @(Get-Finding -Rules $Rules -Facts $facts)
	}
	return $findings
}
