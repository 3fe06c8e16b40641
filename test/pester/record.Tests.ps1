# What a run leaves: events by verdict and repair, and a bounded local record.

BeforeAll {
    Set-StrictMode -Version 2.0
    . (Join-Path $PSScriptRoot 'support.ps1')
    foreach ($file in Get-FunctionFile 'functions/evaluate', 'functions/output', 'functions/machine') { . $file.FullName }

    function New-ProtectedFolder {
        param($Name)

        $path = Join-Path $TestDrive 'record'
        if (-not (Test-Path -LiteralPath $path)) { $null = New-Item -ItemType Directory -Path $path }
        @{ Path = $path; Error = $script:problem }
    }
    function Add-Run {
        param([string]$Line, [string]$Verdict = 'pass')

        Add-RunHistory -PackId 'test' -Script 'check' -Entry ([ordered]@{ schemaVersion = 1; at = '2026-01-01T00:00:00Z'; verdict = $Verdict; line = $Line })
    }
    function Get-Record {
        @(Get-Content -LiteralPath (Join-Path $TestDrive 'record' 'check.ndjson'))
    }
}

Describe 'Add-RunHistory' {
    BeforeEach {
        $script:problem = ''
        Remove-Item -LiteralPath (Join-Path $TestDrive 'record') -Recurse -Force -ErrorAction SilentlyContinue
    }
    It 'writes one line of JSON a run, the newest last' {
        Add-Run 'one' | Should -BeNullOrEmpty
        Add-Run 'two' 'fail' | Should -BeNullOrEmpty
        Get-Record | Should -BeExactly @('{"schemaVersion":1,"at":"2026-01-01T00:00:00Z","verdict":"pass","line":"one"}', '{"schemaVersion":1,"at":"2026-01-01T00:00:00Z","verdict":"fail","line":"two"}')
    }
    It 'keeps the last 50' {
        foreach ($run in 1..53) { $null = Add-Run "run $run" }
        @(Get-Record).Count | Should -Be 50
        @(Get-Record)[0] | Should -BeLike '*"run 4"}'
        @(Get-Record)[49] | Should -BeLike '*"run 53"}'
    }
    It 'drops what is no line of the record' -ForEach @(
        @{ Text = "junk`n{`"schemaVersion`":2,`"line`":`"x`"}`n{`"schemaVersion`":1,`"line`":`"cut" }
        @{ Text = '' }
        @{ Text = "`0`0`0" }
    ) {
        $null = New-ProtectedFolder -Name 'x'
        [System.IO.File]::WriteAllText((Join-Path $TestDrive 'record' 'check.ndjson'), $Text)
        Add-Run 'new' | Should -BeNullOrEmpty
        @(Get-Record).Count | Should -Be 1
        @(Get-Record)[0] | Should -BeLike '*"new"}'
    }
    It 'begins a file anew that has grown beyond reason' {
        $null = New-ProtectedFolder -Name 'x'
        [System.IO.File]::WriteAllText((Join-Path $TestDrive 'record' 'check.ndjson'), ('{"schemaVersion":1,"line":"' + ('x' * 1048576) + '"}'))
        Add-Run 'new' | Should -BeNullOrEmpty
        @(Get-Record).Count | Should -Be 1
    }
    It 'says why it could not' {
        $script:problem = 'not elevated'
        Add-Run 'new' | Should -Be 'not elevated'
    }
    It 'escapes what is not ASCII' {
        $null = Add-Run ([string][char]0x8a3c)
        @(Get-Record)[0] | Should -BeLike '*"\u8a3c"}'
    }
}

Describe 'Write-RunRecord' {
    BeforeAll {
        function Write-RunEvent {
            param($Entry, [string]$Text)

            if ($script:fails) { throw 'no log' }
            $script:written += "$($Entry.Id) $Text"
        }
        function Add-RunHistory {
            param($PackId, $Script, $Entry)

            $script:kept += "$PackId $Script $($Entry.verdict) $($Entry.line)"
        }
        $plan = @{ Script = 'fix-cert'; PackId = 'test'; PackVersion = '1.0.0'; Events = @{ pass = @{ Id = 100; Type = 'Information' }; fail = @{ Id = 101; Type = 'Error' }; FIX_INSTALLED = @{ Id = 200; Type = 'Information' } } }
        $answer = @{
            Plan = $plan; Verdict = 'pass'
            Rules = @{ 'T-ROOT' = @{ Id = 'T-ROOT'; Title = 'Root'; Remediation = @() } }
            Messages = @{ FIX_INSTALLED = 'Installed'; CERT_PRESENT = 'There'; NOTE_STOP = '. ' }
            Findings = @(@{ Id = 'T-ROOT'; Severity = 'required'; State = 'fixed'; MessageKey = 'FIX_INSTALLED'; Expected = ''; Actual = 'Root'; Notes = @() })
        }
    }
    BeforeEach {
        $script:written = @()
        $script:kept = @()
        $script:fails = $false
    }
    It 'writes the verdict and each repair, and keeps the line' {
        Write-RunRecord -Answer $answer | Should -BeNullOrEmpty
        $line = 'PSMINT fix-cert pass pack=test@1.0.0 T-ROOT=fixed | all required rules pass'
        $script:written | Should -BeExactly @("100 $line", '200 PSMINT fix-cert pack=test@1.0.0 | T-ROOT: Installed. (Root)')
        $script:kept | Should -BeExactly @("test fix-cert pass $line")
    }
    It 'writes the verdict alone where nothing was repaired' {
        $answer.Findings[0].MessageKey = 'CERT_PRESENT'
        Write-RunRecord -Answer $answer
        $script:written.Count | Should -Be 1
    }
    It 'never shows that it failed' {
        $script:fails = $true
        { Write-RunRecord -Answer $answer } | Should -Not -Throw
        Write-RunRecord -Answer $answer | Should -BeNullOrEmpty
    }
}
