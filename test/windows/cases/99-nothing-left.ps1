New-Case -Name 'no certificate' -Needs @() -Run {
	foreach ($store in @('Root', 'CA', 'Disallowed', 'AuthRoot', 'TrustedPublisher', 'My')) {
		Assert-Same -Actual (Get-Copies -Store $store) -Expected 0 -What $store
		Assert-Same -Actual (Test-Path -LiteralPath (Get-OwnKey -Store $store)) -Expected $false -What "the key of $store"
		Assert-Same -Actual (Test-Path -LiteralPath "$policies\$store\Certificates\$thumbprint") -Expected $false -What "the policy key of $store"
	}
}

New-Case -Name 'no registry key and no record' -Needs @() -Run {
	Assert-Same -Actual @(Get-ChildItem -Path 'HKLM:\SOFTWARE', 'HKLM:\SOFTWARE\WOW6432Node' -ErrorAction SilentlyContinue | Where-Object { $_.PSChildName -like 'psmint-test-*' }).Length -Expected 0 -What 'keys'
	$records = "$env:ProgramData\psmint"
	if (Test-Path -LiteralPath $records) { Assert-Same -Actual @(Get-ChildItem -LiteralPath $records -Force | Where-Object { $_.Name -like 'psmint-test-*' }).Length -Expected 0 -What 'records' }
}
