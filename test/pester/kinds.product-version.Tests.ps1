# Test-ProductVersion alone: facts in, finding out.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'support.ps1')
    foreach ($file in Get-FunctionFile 'functions/collect', 'functions/evaluate', 'functions/kinds/product-version') { . $file.FullName }

    # Facts as 'role=value' in the order of the places; <missing> and <error> stand for those states.
    function Get-ProductFinding {
        param([string[]]$Read)

        $reads = [ordered]@{}
        $facts = @{}
        foreach ($entry in $Read) {
            $role, $value = $entry -split '=', 2
            $id = "id:$($facts.Count)"
            $reads[$role] = @($reads[$role]) + $id -ne $null
            $fact = @{ Id = $id; Status = 'found'; Value = $value }
            if ($value -eq '<missing>') { $fact = @{ Id = $id; Status = 'missing'; Value = '' } }
            if ($value -eq '<error>') { $fact = @{ Id = $id; Status = 'error'; Value = 'no' } }
            $facts[$id] = $fact
        }
        $parameters = @{
            Minimum = '6.7.3237'
            Accepted = @('WFBSH_Agent')
            Other = @('OfficeScan')
            Lines = @(@{ Minimum = '6.7.3237'; ComparableFrom = '6.7.0'; Below = 'fail' }, @{ Minimum = '14.3.1105'; Below = 'unknown' })
        }
        Test-ProductVersion -Rule @{ Id = 'TEST-AGENT'; Kind = 'product-version'; Severity = 'recommended'; Reads = $reads; Parameters = $parameters } -Facts $facts
    }
}

Describe 'Test-ProductVersion' {
    It '<Read>: <State> <Key>' -ForEach @(
        @{ Read = 'Key=<missing>', 'Key=<missing>'; State = 'notApplicable'; Key = 'PRODUCT_NOT_INSTALLED' }
        @{ Read = 'Key=<missing>', 'Key=<error>'; State = 'unknown'; Key = 'PRODUCT_UNREADABLE' }
        @{ Read = 'Key=<error>', 'Key=k', 'Version=6.7.3237'; State = 'pass'; Key = 'PRODUCT_REACHED' }
        @{ Read = 'Key=k', 'Version=6.7.3237'; State = 'pass'; Key = 'PRODUCT_REACHED' }
        @{ Read = 'Key=k', 'Version=6.7.3238'; State = 'pass'; Key = 'PRODUCT_REACHED' }
        @{ Read = 'Key=k', 'Version=6.8.1'; State = 'pass'; Key = 'PRODUCT_REACHED' }
        @{ Read = 'Key=k', 'Version=6.10.1'; State = 'pass'; Key = 'PRODUCT_REACHED' }
        @{ Read = 'Key=k', 'Version=6.7.3236'; State = 'fail'; Key = 'PRODUCT_BELOW' }
        @{ Read = 'Key=k', 'Version=6.7.999'; State = 'fail'; Key = 'PRODUCT_BELOW' }
        @{ Read = 'Key=k', 'Version=6.7.0'; State = 'fail'; Key = 'PRODUCT_BELOW' }
        @{ Read = 'Key=k', 'Version=6.6.9999'; State = 'unknown'; Key = 'PRODUCT_SHAPE' }
        @{ Read = 'Key=k', 'Version=6.7.3578 / 14.3.1105'; State = 'pass'; Key = 'PRODUCT_REACHED' }
        @{ Read = 'Key=k', 'Version=6.7.3300 / 14.2.1000'; State = 'pass'; Key = 'PRODUCT_REACHED' }
        @{ Read = 'Key=k', 'Version=6.7.3000 / 14.2.1000'; State = 'fail'; Key = 'PRODUCT_BELOW' }
        @{ Read = 'Key=k', 'Version=6.7.3000 / 14.3.1105'; State = 'unknown'; Key = 'PRODUCT_CONTRADICTION' }
        @{ Read = 'Key=k', 'Version=6.7.3578/14.3.1105'; State = 'unknown'; Key = 'PRODUCT_SHAPE' }
        @{ Read = 'Key=k', 'Version=14.3.1105'; State = 'pass'; Key = 'PRODUCT_REACHED' }
        @{ Read = 'Key=k', 'Version=14.3.1104'; State = 'unknown'; Key = 'PRODUCT_SHAPE' }
        @{ Read = 'Key=k', 'Version=14.0.12345'; State = 'unknown'; Key = 'PRODUCT_SHAPE' }
        @{ Read = 'Key=k', 'Version=6.7.3237.1'; State = 'unknown'; Key = 'PRODUCT_SHAPE' }
        @{ Read = 'Key=k', 'Version=3237'; State = 'unknown'; Key = 'PRODUCT_SHAPE' }
        @{ Read = 'Key=k', 'Version=6.7.03237'; State = 'unknown'; Key = 'PRODUCT_SHAPE' }
        @{ Read = 'Key=k', 'Version=7.0.1'; State = 'unknown'; Key = 'PRODUCT_SHAPE' }
        @{ Read = 'Key=k', 'Version=20.1.2'; State = 'unknown'; Key = 'PRODUCT_SHAPE' }
        @{ Read = 'Key=k', 'Version=6.7.99999999999'; State = 'unknown'; Key = 'PRODUCT_SHAPE' }
        @{ Read = 'Key=k', 'Version=<missing>'; State = 'unknown'; Key = 'PRODUCT_NO_VERSION' }
        @{ Read = 'Key=k', 'Version='; State = 'unknown'; Key = 'PRODUCT_NO_VERSION' }
        @{ Read = 'Key=k', 'Version=6.7.3300', 'Version=6.7.3300'; State = 'pass'; Key = 'PRODUCT_REACHED' }
        @{ Read = 'Key=k', 'Version=6.7.3300', 'Version=<missing>'; State = 'pass'; Key = 'PRODUCT_REACHED' }
        @{ Read = 'Key=k', 'Version=6.7.3300', 'Version=<error>'; State = 'unknown'; Key = 'PRODUCT_UNREADABLE' }
        @{ Read = 'Key=k', 'Version=6.7.3300', 'Version=6.7.3000'; State = 'unknown'; Key = 'PRODUCT_CONTRADICTION' }
        @{ Read = 'Key=k', 'Version=6.7.3300', 'Version=junk'; State = 'unknown'; Key = 'PRODUCT_SHAPE' }
        @{ Read = 'Key=k', 'ProductName=WFBSH_Agent', 'Version=6.7.3300'; State = 'pass'; Key = 'PRODUCT_REACHED' }
        @{ Read = 'Key=k', 'ProductName=<missing>', 'Version=6.7.3300'; State = 'pass'; Key = 'PRODUCT_REACHED' }
        @{ Read = 'Key=k', 'ProductName=<error>', 'Version=6.7.3300'; State = 'unknown'; Key = 'PRODUCT_UNREADABLE' }
        @{ Read = 'Key=k', 'ProductName=Somebody', 'Version=6.7.3300'; State = 'unknown'; Key = 'PRODUCT_SHAPE' }
        @{ Read = 'Key=k', 'ProductName=OfficeScan', 'OwnKey=<missing>', 'Version=6.7.3000'; State = 'notApplicable'; Key = 'PRODUCT_OTHER' }
        @{ Read = 'Key=k', 'ProductName=OfficeScan', 'Version=6.7.3000'; State = 'notApplicable'; Key = 'PRODUCT_OTHER' }
        @{ Read = 'Key=k', 'ProductName=OfficeScan', 'OwnKey=<error>'; State = 'unknown'; Key = 'PRODUCT_UNREADABLE' }
        @{ Read = 'Key=k', 'ProductName=OfficeScan', 'OwnKey=k'; State = 'unknown'; Key = 'PRODUCT_CONTRADICTION' }
        @{ Read = 'Key=k', 'ProductName=OfficeScan', 'ProductName=WFBSH_Agent'; State = 'unknown'; Key = 'PRODUCT_CONTRADICTION' }
    ) {
        $finding = Get-ProductFinding $Read
        $finding.State | Should -Be $State
        $finding.MessageKey | Should -Be $Key
        $finding.Expected | Should -Be '6.7.3237'
    }
    It 'shows the versions that decided, and the raw value of each read as evidence' {
        $finding = Get-ProductFinding 'Key=k', 'ProductName=WFBSH_Agent', 'Version=6.7.3000', 'Version=junk'
        $finding.Actual | Should -Be 'WFBSH_Agent, 6.7.3000, junk'
        (Get-ProductFinding 'Key=k', 'Version=6.7.3300', 'Version=', 'Version=6.7.3300').Actual | Should -Be '6.7.3300'
        (Get-ProductFinding 'Key=k', 'ProductName=OfficeScan', 'Version=1').Actual | Should -Be 'OfficeScan'
        $finding = Get-ProductFinding 'Key=k', 'ProductName=WFBSH_Agent', 'Version=6.7.3000', 'Version=junk'
        @($finding.Evidence | ForEach-Object { $_.value }) | Should -Be @('k', 'WFBSH_Agent', '6.7.3000', 'junk')
    }
}
