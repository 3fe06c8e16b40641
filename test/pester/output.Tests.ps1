# The functions of templates/functions/output: what every script prints and writes.

BeforeAll {
    $root = Join-Path $PSScriptRoot '../..'
    $functionFiles = @(Get-ChildItem (Join-Path $root 'templates/functions/output') -Filter '*.ps1' |
        Where-Object { @('New-ProtectedFolder', 'Write-ReportFile') -notcontains $_.BaseName })
    foreach ($file in $functionFiles) { . $file.FullName }

    $messages = @{}
    $reasons = @{}
    foreach ($language in @('en', 'ja')) {
        $messages[$language] = @{}
        $sections = Get-Content -Raw -Encoding UTF8 (Join-Path $root "templates/messages/$language.json") | ConvertFrom-Json
        foreach ($section in $sections.PSObject.Properties) {
            $table = $messages[$language]
            if ($section.Name -eq 'reasons') { $table = $reasons }
            foreach ($entry in $section.Value.PSObject.Properties) { $table[$entry.Name] = $entry.Value }
        }
    }
    $style = Get-Content -Raw (Join-Path $root 'templates/report.css')

    function New-TestText { param([string]$Text) @{ en = "$Text (en)"; ja = "$Text ($([char]0x65e5)$([char]0x672c))" } }

    function New-TestFinding {
        param([string]$Id = 'T-OS', [string]$State = 'fail', [string]$Key = 'OS_REVISION_BELOW', [string]$Severity = 'required')
        @{
            Id = $Id; Kind = 'os-build'; Severity = $Severity; State = $State; MessageKey = $Key
            Arguments = @('Windows 10 1809', '17763.1', '17763.2210', 'KB5005625'); Expected = '17763.2210'; Actual = '17763.1'
            Notes = @(); Evidence = @(@{ Source = 'HKLM:\Key\UBR'; Status = 'found'; Value = '1' }); Needs = @()
        }
    }

    $plan = @{
        Script = 'report'; Target = 'manual'; PackId = 'pack'; PackVersion = '1.2.3'; Title = (New-TestText 'Title')
        ToolVersion = '0.1.0'; ExitCodes = @{ pass = 0; fail = 10; pendingReboot = 11; unknown = 12 }; SetsHostExitCode = $false
    }
    $rule = @{ Title = (New-TestText 'Rule'); Why = (New-TestText 'Why'); Remediation = @((New-TestText 'Step 1'), (New-TestText 'Step 2')) }
    $rules = @{ 'T-OS' = $rule; 'T-ROOT' = $rule }
    $environment = @{
        IsWindows = $true; PowerShell = '5.1.19041.1'; LanguageMode = 'FullLanguage'; Bits = 64; IsElevated = $true
        Culture = 'ja-JP'; DeviceName = 'PC-1'; Is64BitWindows = $true
    }
    $packTexts = @{
        Vendor = (New-TestText 'Vendor'); Product = (New-TestText 'Product'); Effective = '2023-04-12'
        Impact = @(New-TestText 'Impact'); Support = (New-TestText 'Support'); Contact = $null
        Sources = @(@{ Title = (New-TestText 'Source'); Url = 'https://example.com/?a=1&b=2'; Date = '2023-03-24' })
    }

    function Get-TestReport {
        param($Findings, [string]$Verdict = 'fail')
        $time = @{ StartedAt = '2026-01-05T03:12:00Z'; EndedAt = '2026-01-05T03:12:01Z' }
        $all = @{ Plan = $plan; Rules = $rules; Findings = $Findings; Verdict = $Verdict; Messages = $messages; Environment = $environment }
        ConvertTo-ReportObject @all @time
    }
    function Get-TestPage {
        param($Report, [string]$Language = 'en')
        ConvertTo-HtmlReport -Report $Report -Rules $rules -PackTexts $packTexts -Messages $messages -Language $Language -Style $style
    }
}

Describe 'Get-AnswerLanguage' {
    It 'answers <expected> for "<language>" on a <culture> system' -ForEach @(
        @{ language = ''; culture = 'ja-JP'; expected = 'ja' }
        @{ language = ''; culture = 'de-DE'; expected = 'en' }
        @{ language = ''; culture = ''; expected = 'en' }
        @{ language = 'EN'; culture = 'ja-JP'; expected = 'en' }
        @{ language = 'ja'; culture = 'en-US'; expected = 'ja' }
        @{ language = 'fr'; culture = 'ja-JP'; expected = 'en' }
    ) {
        Get-AnswerLanguage -Messages $messages -Language $language -Culture $culture | Should -BeExactly $expected
    }
}

Describe 'Get-MessageText' {
    BeforeAll { $texts = @{ en = @{ KEY = '{0} is {1}' }; ja = @{} } }
    It 'fills <arguments> in: <expected>' -ForEach @(
        @{ arguments = @('a', 'b'); expected = 'a is b' }
        @{ arguments = @('a'); expected = 'a is ' }
        @{ arguments = $null; expected = ' is ' }
        @{ arguments = @('{1}', '$(x)`'); expected = '{1} is $(x)`' }
        @{ arguments = @('a', 'b', 'c', 'd', 'e', 'f'); expected = 'a is b' }
        @{ arguments = @(@{ en = 'name'; ja = 'other' }, 5); expected = 'name is 5' }
    ) {
        Get-MessageText -Messages $texts -Language 'en' -Key 'KEY' -Arguments $arguments | Should -BeExactly $expected
    }
    It 'says the key and the arguments when there is no text' {
        Get-MessageText -Messages $texts -Language 'ja' -Key 'KEY' -Arguments @('a', 'b') | Should -BeExactly 'KEY a b'
        Get-MessageText -Messages @{} -Language 'ja' -Key 'KEY' | Should -BeExactly 'KEY'
    }
}

Describe 'ASCII forms' {
    It 'turns text into one printable line' {
        ConvertTo-AsciiText -Text "a`tb`r`nc$([char]0x3042)$([char]0x7f)" | Should -BeExactly 'a b c? '
    }
    It 'keeps every character, small and empty arrays in JSON' {
        $value = [ordered]@{ text = "$([char]0xff21)$([char]0xff41)$([char]0xd83d)$([char]0xde00)'<&`"\$([char]0x7f)"; one = @('x'); none = @(); no = $null }
        $json = ConvertTo-AsciiJson -InputObject $value
        $json | Should -Match '^[\x20-\x7e]+$'
        $json | Should -MatchExactly ([regex]::Escape('"one":["x"],"none":[],"no":null}'))
        ($json | ConvertFrom-Json).text | Should -BeExactly $value.text
    }
    It 'writes characters of HTML as entities, and none that a page must not hold' {
        ConvertTo-AsciiHtml -Html "a$([char]0x3042)$([char]0xd83d)$([char]0xde00)$([char]0xd83d)$([char]0x1)`t<p>" |
            Should -BeExactly "a&#x3042;&#x1f600;&#xfffd;&#xfffd;`t<p>"
    }
    It 'escapes what has a meaning in HTML' {
        ConvertTo-HtmlText -Text "<a href=`"x`" id='y'>&amp;`r`nb" | Should -BeExactly '&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;<br>b'
    }
}

Describe 'Get-SummaryLine' {
    It 'names every state and the reason' {
        $findings = @((New-TestFinding -Id 'T-ROOT' -State 'unknown' -Key 'CERT_UNREADABLE'), (New-TestFinding))
        Get-SummaryLine -Plan $plan -Findings $findings -Verdict 'fail' -Reasons $reasons | Should -BeExactly (
            'PSMINT report fail pack=pack@1.2.3 T-ROOT=unknown T-OS=fail | T-OS: Windows build is below 17763.2210, install the latest cumulative update')
    }
    It 'gives the reason of a <state> finding' -ForEach @(
        @{ state = 'fixFailed'; verdict = 'fail'; key = 'FIX_FAILED'; reason = 'T-OS: certificate could not be installed' }
        @{ state = 'skipped'; verdict = 'fail'; key = 'FIX_WHAT_IF'; reason = 'T-OS: certificate is not installed, nothing was changed because of -WhatIf' }
        @{ state = 'pendingReboot'; verdict = 'pendingReboot'; key = 'OS_ROLLUP_PENDING'; reason = 'T-OS: required Windows update is waiting for a restart' }
        @{ state = 'unknown'; verdict = 'unknown'; key = 'NEW_KEY'; reason = 'T-OS: unknown' }
        @{ state = 'notApplicable'; verdict = 'unknown'; key = 'NEW_KEY'; reason = 'no required rule applies to this machine' }
        @{ state = 'fixed'; verdict = 'pass'; key = 'FIX_INSTALLED'; reason = 'all required rules pass' }
    ) {
        $line = Get-SummaryLine -Plan $plan -Findings @(New-TestFinding -State $state -Key $key) -Verdict $verdict -Reasons $reasons
        $line | Should -BeExactly "PSMINT report $verdict pack=pack@1.2.3 T-OS=$state | $reason"
    }
    It 'does not depend on what was found, nor on recommended rules' {
        $first = New-TestFinding
        $second = New-TestFinding
        $second.Actual = '17763.2'
        $second.Arguments[1] = '17763.2'
        $other = New-TestFinding -Id 'A-ONE' -Severity 'recommended' -Key 'PRODUCT_BELOW'
        $lines = @($first, $second | ForEach-Object { Get-SummaryLine -Plan $plan -Findings @($other, $_) -Verdict 'fail' -Reasons $reasons })
        $lines[0] | Should -BeExactly $lines[1]
        $lines[0] | Should -Match '\| T-OS: '
    }
    It 'stays within 2,048 characters of ASCII and names the bad states first' {
        $findings = @(1..400 | ForEach-Object { New-TestFinding -Id "RULE-$_" -State 'pass' }) + @(New-TestFinding -Id 'LAST-ONE')
        $findings[-1].Expected = [string]::Join('', @(1..900 | ForEach-Object { [char]0x3042 }))
        $line = Get-SummaryLine -Plan $plan -Findings $findings -Verdict 'fail' -Reasons $reasons
        $line.Length | Should -BeLessOrEqual 2048
        $line | Should -Match '^PSMINT report fail pack=pack@1\.2\.3 LAST-ONE=fail RULE-1=pass [\x20-\x7e]+ \+\d+ more \| LAST-ONE: Windows'
        $shown = [regex]::Matches($line, 'RULE-\d+=pass').Count
        $line | Should -Match " \+$(400 - $shown) more \|"
    }
}

Describe 'answers of targets' {
    BeforeAll {
        $answer = @{
            Plan = $plan; Rules = $rules; Findings = @(New-TestFinding); Verdict = 'fail'; Messages = $messages; Reasons = $reasons
            Language = 'ja'; Environment = $environment
        }
    }
    It 'is the summary alone when nobody reads a console' {
        Mock Test-ConsoleOutput { $false }
        @(Write-ManualAnswer @answer).Count | Should -Be 1
        @(Write-IntuneRemediationAnswer @answer).Count | Should -Be 1
    }
    It 'shows a person the table first, the summary last' {
        Mock Test-ConsoleOutput { $true }
        $answer.Findings[0].Notes = @(@{ Key = 'OS_NOTE_VENDOR_UNLISTED'; Arguments = @(); Text = $null }, @{ Key = 'OS_NOTE_ADVISORY'; Arguments = @(); Text = (New-TestText 'Own') })
        $lines = @(Write-ManualAnswer @answer)
        $lines[-1] | Should -Match '^PSMINT report fail'
        $text = [string]::Join("`n", $lines)
        foreach ($part in @('PC-1', $messages.ja.STATE_fail, $messages.ja.VERDICT_fail, $messages.ja.OS_NOTE_VENDOR_UNLISTED, 'T-OS', 'KB5005625', $rule.Remediation[1].ja, (New-TestText 'Own').ja)) {
            $text | Should -Match ([regex]::Escape($part))
        }
    }
    It 'is not taken for a console in a job or a pipe' { Test-ConsoleOutput | Should -BeOfType [bool] }
    It 'exits with the code of the verdict' { Get-ExitCode -Plan $plan -Verdict 'pendingReboot' | Should -Be 11 }
    It 'pads East Asian text by columns' {
        (Format-ConsoleText -Text "$([char]0x9069)$([char]0x5408)" -Width 6) | Should -BeExactly "$([char]0x9069)$([char]0x5408)  "
    }
}

Describe 'report' {
    BeforeAll {
        $hostile = New-TestFinding -Id 'T-ROOT' -State 'unknown' -Key 'CERT_UNREADABLE'
        $hostile.Arguments = @("<script>alert('1')</script>", '"><img src=x onerror=y>')
        $hostile.Actual = '=cmd|''/c calc''!A1 "x",</dd>'
        $hostile.Evidence = @(@{ Source = 'Cert:\LocalMachine\Root\<b>'; Status = 'error'; Value = "</style>`n$([char]0xd83d)$([char]0xde00)" }, @{ Source = 'HKLM:\Key\'; Status = 'missing'; Value = '' })
        $hostile.Notes = @(@{ Key = 'CERT_NOTE_AUTO_UPDATE'; Arguments = @(); Text = $null })
        $report = Get-TestReport -Findings @((New-TestFinding), $hostile)
    }
    It 'says what to do only where something is to do' {
        (Get-TestReport -Findings @(New-TestFinding)).findings[0].remediation.Count | Should -Be 2
        (Get-TestReport -Findings @(New-TestFinding -State 'pass')).findings[0].remediation.Count | Should -Be 0
    }
    It 'is a page of ASCII without scripts or outside resources, in <language>' -ForEach @(@{ language = 'en' }, @{ language = 'ja' }) {
        $page = Get-TestPage -Report $report -Language $language
        $page | Should -Match "^<!DOCTYPE html><html lang=`"$language`"><head><meta charset=`"utf-8`">"
        $page | Should -Match '^[\t\r\n\x20-\x7e]+$'
        $page | Should -Not -Match '<script|<link|<img|<iframe|@import|url\(|onerror=y>|</style>.*</style>'
        [regex]::Matches($page, '<h1>').Count | Should -Be 1
        [regex]::Matches($page, '<style>').Count | Should -Be 1
        foreach ($tag in @('section', 'dl', 'div', 'p', 'ul', 'ol', 'li', 'details', 'h3', 'h2', 'header')) {
            [regex]::Matches($page, "<$tag[ >]").Count | Should -Be ([regex]::Matches($page, "</$tag>").Count) -Because $tag
        }
        $page | Should -Match ([regex]::Escape('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;'))
        $page | Should -Match ([regex]::Escape('<a href="https://example.com/?a=1&amp;b=2">'))
    }
    It 'shows the contact when the pack has one' {
        $packTexts.Contact = @{ Name = (New-TestText 'Help desk'); Details = @(New-TestText '0120'); Url = 'https://example.com/help' }
        $page = Get-TestPage -Report $report
        $packTexts.Contact = $null
        $page | Should -Match '<p>Help desk \(en\)</p>\r\n<ul><li>0120 \(en\)</li></ul>\r\n<p><a href="https://example.com/help">'
    }
    It 'is CSV that a spreadsheet reads and cannot run' {
        $csv = ConvertTo-CsvReport -Report $report -Messages $messages -Language 'ja'
        $csv | Should -Match '\r\n$'
        $rows = @($csv | ConvertFrom-Csv)
        $rows.Count | Should -Be 2
        $found = $messages.ja.LABEL_FOUND
        $rows[0].$found | Should -BeExactly '17763.1'
        $rows[1].$found | Should -BeExactly "'=cmd|'/c calc'!A1 `"x`",</dd>"
        @($rows[0].PSObject.Properties).Count | Should -Be 10
    }
    It 'guards <text> at the start of a field' -ForEach @(@{ text = '=1' }, @{ text = '+1' }, @{ text = '-1' }, @{ text = '@x' }, @{ text = "`t=1" }, @{ text = " `r`n=1" }) {
        ConvertTo-CsvRow -Fields @($text) | Should -BeExactly ('"''{0}"' -f $text.Trim())
    }
}

Describe 'ConstrainedLanguage' {
    It 'gives the same answers as FullLanguage' {
        $work = {
            param($Data)
            $base = @{ Plan = $Data.plan; Findings = $Data.findings; Verdict = 'fail' }
            $texts = @{ Messages = $Data.messages; Environment = $Data.environment; Rules = $Data.rules }
            $report = ConvertTo-ReportObject -StartedAt '2026-01-05T03:12:00Z' -EndedAt '2026-01-05T03:12:01Z' @base @texts
            ConvertTo-AsciiJson -InputObject $report
            foreach ($language in @('en', 'ja')) {
                ConvertTo-HtmlReport -Report $report -Rules $Data.rules -PackTexts $Data.packTexts -Messages $Data.messages -Language $language -Style $Data.style
                ConvertTo-CsvReport -Report $report -Messages $Data.messages -Language $language
                Get-ManualTable -Language $language @base @texts
            }
            Write-ManualAnswer -Language 'ja' -Reasons $Data.reasons @base @texts
            Get-AnswerLanguage -Messages $Data.messages -Culture 'ja-JP'
            Get-ExitCode -Plan $Data.plan -Verdict 'fail'
        }
        $hostile = New-TestFinding
        $hostile.Actual = "<$([char]0xd83d)$([char]0xde00)$([char]0x3042)>"
        $data = @{ plan = $plan; findings = @($hostile); messages = $messages; environment = $environment; rules = $rules; packTexts = $packTexts; style = $style; reasons = $reasons }
        $source = 'Set-StrictMode -Version 2.0; $ErrorActionPreference = "Stop"'
        foreach ($file in $functionFiles) { $source = "$source`r`n$(Get-Content -Raw $file.FullName)" }
        $answers = foreach ($mode in @('FullLanguage', 'ConstrainedLanguage')) {
            $state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
            $state.LanguageMode = $mode
            $shell = [powershell]::Create($state)
            $null = $shell.AddScript($source).AddStatement().AddScript("$work").AddArgument($data)
            , @($shell.Invoke())
            $shell.Streams.Error | Should -BeNullOrEmpty
            $shell.Dispose()
        }
        $answers[0].Count | Should -BeGreaterThan 10
        [string]::Join("`n", $answers[1]) | Should -BeExactly ([string]::Join("`n", $answers[0]))
    }
}

Describe 'files' {
    It 'are ASCII, CRLF, one function each, named as the file, with help' {
        foreach ($file in $functionFiles) {
            $text = [System.IO.File]::ReadAllText($file.FullName)
            $text | Should -Match '^(\t|[\x20-\x7e]*\r\n)+$' -Because $file.Name
            $tree = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref]$null, [ref]$null)
            $tree.EndBlock.Statements.Count | Should -Be 1
            $tree.EndBlock.Statements[0].Name | Should -BeExactly $file.BaseName
            $tree.EndBlock.Statements[0].GetHelpContent().Synopsis | Should -Not -BeNullOrEmpty -Because $file.Name
        }
    }
}
