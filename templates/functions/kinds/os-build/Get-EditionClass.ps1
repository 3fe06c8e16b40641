function Get-EditionClass {
    <#
    .SYNOPSIS
    Class of editions that share their end-of-support dates; empty when the EditionID is not one we know.
    #>
    param([string]$EditionId)

    switch -Regex ($EditionId) {
        '^(Core|CoreN|CoreSingleLanguage|CoreCountrySpecific|Professional[A-Za-z]*|Cloud[A-Za-z]*)$' {
            return 'home-pro'
        }
        '^(Enterprise|EnterpriseN|Education|EducationN|ServerRdsh|IoTEnterprise)$' {
            return 'enterprise-education'
        }
        '^(EnterpriseS|EnterpriseSN)$' {
            return 'ltsc'
        }
        '^IoTEnterpriseS$' {
            return 'iot-ltsc'
        }
        '^Server.*ACor$' {
            return 'server-annual'
        }
        '^Server' {
            return 'server'
        }
    }
    return ''
}
