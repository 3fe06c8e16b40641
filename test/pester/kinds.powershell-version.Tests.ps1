# Test-PowershellVersion alone: facts in, finding out.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'kind-support.ps1')
    foreach ($file in Get-KindFile 'powershell-version') { . $file.FullName }
}

Describe 'Test-PowershellVersion' {
    It '<Version> beside <Old>: <State> <Key>' -ForEach @(
        @{ Version = '5.1.19041.1'; Old = '2.0'; State = 'pass'; Key = 'POWERSHELL_REACHED' }
        @{ Version = '5.1'; Old = '<error>'; State = 'pass'; Key = 'POWERSHELL_REACHED' }
        @{ Version = '4.0'; Old = '2.0'; State = 'fail'; Key = 'POWERSHELL_BELOW' }
        @{ Version = '<missing>'; Old = '2.0'; State = 'fail'; Key = 'POWERSHELL_BELOW' }
        @{ Version = '<missing>'; Old = '<error>'; State = 'unknown'; Key = 'POWERSHELL_UNREADABLE' }
        @{ Version = '<missing>'; Old = '<missing>'; State = 'unknown'; Key = 'POWERSHELL_NO_VERSION' }
        @{ Version = '<error>'; Old = '2.0'; State = 'unknown'; Key = 'POWERSHELL_UNREADABLE' }
        @{ Version = '<unread>'; Old = '2.0'; State = 'unknown'; Key = 'POWERSHELL_UNREADABLE' }
        @{ Version = 'five'; Old = '2.0'; State = 'unknown'; Key = 'POWERSHELL_NO_VERSION' }
    ) {
        $case = New-KindCase @{ Version = $Version; OldVersion = $Old } @{ Minimum = '5.1' }
        $finding = Test-PowershellVersion @case
        $finding.State | Should -Be $State
        $finding.MessageKey | Should -Be $Key
    }
}
