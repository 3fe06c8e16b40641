# Before anything is added. Each file of cases is a process of its own: what one leaves in a store, the next one finds there.
New-Case -Name 'a root that nobody has is missing, in both language modes' -Needs @() -Run {
	foreach ($mode in $modes) { foreach ($store in @('Root', 'AuthRoot', 'CA', 'Disallowed')) { Assert-Same -Actual (Read-Store -Language $mode -Store $store).Status -Expected 'missing' -What "$store in $mode" } }
}

New-Case -Name 'what is not the certificate of the thumbprint, or not a store to add to, is not added' -Run {
	Assert-Matches -Actual (Add-Root -As ('0' * 40)).Error -Pattern '.' -What 'another thumbprint'
	foreach ($store in @('Disallowed', 'My', 'AuthRoot')) { Assert-Matches -Actual (Add-Root -Store $store).Error -Pattern '.' -What $store }
	foreach ($store in @('Root', 'Disallowed', 'TrustedPublisher', 'My', 'AuthRoot')) { Assert-Same -Actual (Test-Path -LiteralPath (Get-OwnKey -Store $store)) -Expected $false -What $store }
	Assert-Matches -Actual (Remove-Root -Store 'Disallowed') -Pattern '.' -What 'removing from another store'
}

New-Case -Name 'a copy that came by Group Policy is found where it is' -Run {
	foreach ($store in @('Root', 'Disallowed')) {
		$null = New-Item -Path "$policies\$store\Certificates\$thumbprint" -Force
		foreach ($mode in $modes) {
			$read = Read-Store -Language $mode -Store $store
			Assert-Same -Actual $read.Status -Expected 'found' -What "$store in $mode"
			Assert-Same -Actual (@($read.Value) -contains "$policies\$store\Certificates\$thumbprint") -Expected $true -What "$store in $mode"
		}
	}
} -After {
	foreach ($store in @('Root', 'Disallowed')) {
		$copy = "$policies\$store\Certificates\$thumbprint"
		if (Test-Path -LiteralPath $copy) { Remove-Item -LiteralPath $copy -Recurse -Force }
	}
}
