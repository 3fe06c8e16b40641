function Get-FactInteger {
	<#
	.SYNOPSIS
	The whole number that a fact holds, 0 to 999999999999999; nothing when it holds none. A DWORD counts without a sign.
	#>
	param($Fact)

	$value = $Fact.Value
	# .NET reads a DWORD of 0x80000000 and above as a negative number.
	if (($value -is [int] -or $value -is [long]) -and $value -lt 0 -and $value -ge -2147483648) { return [long]$value + 4294967296 }
	if ($value -isnot [array] -and "$value".Trim() -match '^[0-9]{1,15}$') { return [long]$Matches[0] }
}
