New-Case -Name 'added and removed where .NET may not be called' -Needs @('elevated', 'certProvider', 'certFromFile', 'rights') -Run {
	Assert-Same -Actual (Add-Root -Language 'ConstrainedLanguage').Error -Expected '' -What 'adding'
	foreach ($mode in $modes) { Assert-Same -Actual (Read-Store -Language $mode).Status -Expected 'found' -What $mode }
	Assert-Same -Actual (Remove-Root -Language 'ConstrainedLanguage') -Expected $null -What 'removing'
	foreach ($mode in $modes) { Assert-Same -Actual (Read-Store -Language $mode).Status -Expected 'missing' -What $mode }
} -After { $null = Remove-Root }

New-Case -Name 'adding where it cannot work says so, and adds nothing' -Run {
	if ($has.rights -and $has.certFromFile) { return }
	Assert-Matches -Actual (Add-Root -Language 'ConstrainedLanguage').Error -Pattern '.' -What 'adding'
	Assert-Same -Actual (Read-Store -Language 'ConstrainedLanguage').Status -Expected 'missing' -What 'afterwards'
}
