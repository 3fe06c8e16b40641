New-Case -Name 'missing again, in both language modes' -Needs @('lastingStores') -Run {
	foreach ($store in @('Root', 'CA')) { foreach ($mode in $modes) { Assert-Same -Actual (Read-Store -Language $mode -Store $store).Status -Expected 'missing' -What "$store in $mode" } }
}
