function Select-Unique {
	<#
	.SYNOPSIS
	Texts in their order, each once; case counts.
	.DESCRIPTION
	Select-Object and Sort-Object are in a module that takes longer to load than all that a check of Windows 10 and later does.
	#>
	param([string[]]$Text)

	$unique = @()
	foreach ($one in $Text) { if ($unique -cnotcontains $one) { $unique += $one } }
	$unique
}
