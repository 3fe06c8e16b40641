function Get-ReadError {
	<#
	.SYNOPSIS
	The fact of a read that failed, from an error record or a text: language-independent, ASCII.
	#>
	param($Problem)

	$text = "$Problem"
	if ($Problem -isnot [string]) { $text = "$($Problem.CategoryInfo.Category): $($Problem.FullyQualifiedErrorId)" -replace '[^ -~]', '?' }
	@{ Status = 'error'; Value = $text }
}
