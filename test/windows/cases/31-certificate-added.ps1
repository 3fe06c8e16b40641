New-Case -Name 'added to Root, and found in its physical key by both language modes' -Run {
	$added = Add-Root
	Assert-Same -Actual @($added.Route, $added.Error) -Expected @('X509Store', '') -What 'adding'
	foreach ($mode in $modes) {
		$read = Read-Store -Language $mode
		Assert-Same -Actual $read.Status -Expected 'found' -What $mode
		Assert-Same -Actual (@($read.Value) -contains (Get-OwnKey)) -Expected $true -What "$mode names the physical key"
	}
}

New-Case -Name 'added twice is there once' -Run {
	Assert-Same -Actual (Add-Root).Error -Expected '' -What 'adding again'
	Assert-Same -Actual (Get-Copies) -Expected 1 -What 'copies'
}

New-Case -Name 'the store CA is another one' -Run {
	foreach ($mode in $modes) { Assert-Same -Actual (Read-Store -Language $mode -Store 'CA').Status -Expected 'missing' -What $mode }
	Assert-Same -Actual (Add-Root -Store 'CA').Error -Expected '' -What 'adding'
	foreach ($mode in $modes) { Assert-Same -Actual (Read-Store -Language $mode -Store 'CA').Status -Expected 'found' -What $mode }
}
