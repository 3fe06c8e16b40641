function Get-EditionClass {
	<#
	.SYNOPSIS
	Class of editions that share their end-of-support dates; empty when the EditionID is not one we know.
	#>
	param($EditionId)

	$classes = @(
		, @('home-pro', '^(Core|CoreN|CoreSingleLanguage|CoreCountrySpecific|(Professional|Cloud)[A-Za-z]*)$')
		, @('enterprise-education', '^((Enterprise|Education)N?|ServerRdsh|IoTEnterprise)$')
		, @('ltsc', '^EnterpriseSN?$')
		, @('iot-ltsc', '^IoTEnterpriseS$')
		, @('server-annual', '^Server.*ACor$')
		, @('server', '^Server')
	)
	foreach ($class in $classes) { if ($EditionId -match $class[1]) { return $class[0] } }
}
