# Another process than the one that added: as -Rollback is another run than the fix.
New-Case -Name 'found again in both stores, by both language modes' -Needs @('elevated', 'lastingStores') -Run {
	foreach ($store in @('Root', 'CA')) { foreach ($mode in $modes) { Assert-Same -Actual (Read-Store -Language $mode -Store $store).Status -Expected 'found' -What "$store in $mode" } }
}

New-Case -Name 'the Cert: drive shows it too' -Needs @('elevated', 'certProvider') -Run {
	foreach ($mode in $modes) { Assert-Same -Actual (@((Read-Store -Language $mode).Value) -contains 'Cert:\LocalMachine\Root') -Expected $true -What $mode }
}
