function Get-ServicingPackageFact {
	<#
	.SYNOPSIS
	Windows servicing packages whose names match a pattern, each with its state or why the state could not be read.
	#>
	param($Key, $Pattern)

	$names = Read-Registry -Key $Key
	if ($names.Status -ne 'found') { return $names }
	$packages = @(
		foreach ($name in @(@($names.Value) -match $Pattern | Sort-Object)) {
			$read = Read-Registry -Key "$Key\$name" -Name 'CurrentState'
			$state = Get-FactNumber -Fact $read
			$problem = if ($state -lt 0) { "CurrentState $($read.Status) $($read.Value)".Trim() }
			@{ Name = $name; State = $state; Error = "$problem" }
		}
	)
	@{ Status = 'found'; Value = $packages }
}
