# The functions of templates/functions/output: what every script prints and writes.

BeforeAll {
    # As in a script.
    Set-StrictMode -Version 2.0
    $ErrorActionPreference = 'Stop'
    . (Join-Path $PSScriptRoot 'support.ps1')
    $functionFiles = @(Get-FunctionFile 'functions/output')
    foreach ($file in $functionFiles) { . $file.FullName }
    # The machine functions that the protected folder needs.
    function Test-Elevation { param() }
    function Invoke-Native { param($FilePath, [string[]]$Arguments) }
    # Windows only.
    if (-not (Get-Command Get-Acl -ErrorAction SilentlyContinue)) { function Get-Acl { param($LiteralPath) } }

    $messages = Get-MessageTable
    $english = Get-MessageFile 'en'
    $japanese = Get-MessageFile 'ja'
    $style = (Get-Content -Raw (Join-Path $repositoryRoot 'templates/report.css')) -replace '\s+', ' '

    # Japanese of a test text: the English one and two characters.
    $nihon = "$([char]0x65e5)$([char]0x672c)"
    function New-TestText { param([string]$Text) ConvertTo-ScriptText $Text "$Text ($nihon)" }

    function New-TestFinding {
        param([string]$Id = 'T-OS', [string]$State = 'fail', [string]$Key = 'OS_REVISION_BELOW', [string]$Severity = 'required')
        @{
            Id = $Id; Severity = $Severity; State = $State; MessageKey = $Key; Expected = '17763.2210'; Actual = '17763.1'
            Notes = @(); Evidence = @([ordered]@{ source = 'HKLM:\Key\UBR'; status = 'found'; value = '1' }); Needs = @()
        }
    }

    $plan = @{
        Script = 'report'; Target = 'manual'; PackId = 'pack'; PackVersion = '1.2.3'; Title = (New-TestText 'Title')
        ToolVersion = '0.1.0'; ExitCodes = @{ pass = 0; fail = 10; pendingReboot = 11; unknown = 12 }
    }
    $rule = @{ Kind = 'os-build'; Title = (New-TestText 'Rule'); Why = (New-TestText 'Why'); Remediation = @((New-TestText 'Step 1'), (New-TestText 'Step 2')) }
    $rules = @{ 'T-OS' = $rule; 'T-ROOT' = $rule; 'A-ONE' = $rule }
    $environment = @{
        DeviceName = 'PC-1'
        Host = [ordered]@{ windows = $true; windows64Bit = $true; powershell = '5.1.19041.1'; languageMode = 'FullLanguage'; processBits = 64; elevated = $true; culture = 'ja-JP' }
    }
    $packTexts = @{
        Product = (New-TestText 'Product'); Effective = '2023-04-12'; IMPACT = @(New-TestText 'Impact'); SUPPORT = @((New-TestText 'Support'), (New-TestText 'Help desk'))
        SOURCES = @('https://example.com/?a=1&b=2')
    }

    function New-TestAnswer {
        param($Findings, [string]$Verdict = 'fail')

        @{ Plan = $plan; Rules = $rules; Findings = @($Findings); Verdict = $Verdict; Messages = $messages }
    }
    function Get-TestReport {
        param($Answer)

        ConvertTo-ReportObject @Answer -Environment $environment -StartedAt '2026-01-05T03:12:00Z'
    }
    function New-TestPage {
        param($Answer, [string]$Language = 'en')

        @{ Report = (Get-TestReport $Answer); Answer = $Answer; PackTexts = $packTexts; Language = $Language; Style = $style }
    }
    # A finding whose every text tries to be more than text.
    function New-HostileFinding {
        $finding = New-TestFinding -Id 'T-ROOT' -State 'unknown' -Key 'CERT_UNREADABLE'
        $finding.Expected = "<script>alert('1')</script>`"><img src=x onerror=y>"
        $finding.Actual = '=cmd|''/c calc''!A1 "x",</dd>'
        $finding.Evidence = @(
            [ordered]@{ source = 'Cert:\LocalMachine\Root\<b>'; status = 'error'; value = "</style>`n$([char]0xd83d)$([char]0xde00)" }
            [ordered]@{ source = 'HKLM:\Key\'; status = 'missing'; value = '' }
        )
        $finding.Notes = @('CERT_NOTE_AUTO_UPDATE', 'Own <i> & "{0}"|ja:Own <u>')
        $finding
    }
}

Describe 'Get-AnswerLanguage' {
    It 'answers <expected> for "<language>" on a <culture> system' -ForEach @(
        @{ language = ''; culture = 'ja-JP'; expected = 'ja' }
        @{ language = ''; culture = 'ja'; expected = 'ja' }
        @{ language = ''; culture = 'de-DE'; expected = 'en' }
        @{ language = ''; culture = ''; expected = 'en' }
        @{ language = 'EN'; culture = 'ja-JP'; expected = 'en' }
        @{ language = 'ja'; culture = 'en-US'; expected = 'ja' }
        @{ language = 'JA'; culture = 'en-US'; expected = 'ja' }
        @{ language = 'fr'; culture = 'ja-JP'; expected = 'en' }
        @{ language = '.*'; culture = 'ja-JP'; expected = 'en' }
        @{ language = 'do'; culture = 'ja-JP'; expected = 'en' }
    ) {
        Get-AnswerLanguage -Plan $plan -Language $language -Culture $culture | Should -BeExactly $expected
    }
    It 'answers in English when the script has no other language' {
        Get-AnswerLanguage -Plan @{ Title = 'Title' } -Language 'ja' -Culture 'ja-JP' | Should -BeExactly 'en'
    }
}

Describe 'Get-Text' {
    BeforeAll {
        $text = ConvertTo-ScriptText '{0} is \ | "one"' "{0} $nihon | \" 'DO_THIS DO_THAT'
    }
    It 'is the text of the language, with what was expected for {0}' {
        $text | Should -Match '^[ -~]+$'
        Get-Text -Text $text -Language 'en' -Expected '1.2' | Should -BeExactly '1.2 is \ | "one"'
        Get-Text -Text $text -Language 'ja' -Expected '1.2' | Should -BeExactly "1.2 $nihon | \"
    }
    It 'is English where there is no other, and for a language nobody has' {
        Get-Text -Text 'Only' -Language 'ja' | Should -BeExactly 'Only'
        Get-Text -Text 'Only|do:KEY' -Language 'ja' | Should -BeExactly 'Only'
        Get-Text -Text $text -Language 'fr' -Expected 'x' | Should -BeExactly 'x is \ | "one"'
    }
    It 'fills <expected> in as it is' -ForEach @(@{ expected = '{0}' }, @{ expected = '$(x)`$1' }, @{ expected = '\u0041\n' }, @{ expected = 'a|ja:b' }, @{ expected = '' }) {
        Get-Text -Text 'is {0}.|ja:ja {0}.' -Language 'en' -Expected $expected | Should -BeExactly "is $expected."
        Get-Text -Text 'is {0}.|ja:ja {0}.' -Language 'ja' -Expected $expected | Should -BeExactly "ja $expected."
    }
    It 'leaves {0} as it is without anything to fill in, and is empty for nothing' {
        Get-Text -Text 'is {0}' -Language 'en' | Should -BeExactly 'is {0}'
        Get-Text -Text $null -Language 'ja' | Should -BeExactly ''
    }
    It 'reads every message back as its file has it' {
        foreach ($key in $english.Keys) {
            Get-Text -Text $messages[$key] -Language 'en' | Should -BeExactly $english[$key] -Because $key
            Get-Text -Text $messages[$key] -Language 'ja' | Should -BeExactly $japanese[$key] -Because $key
        }
    }
}

Describe 'Get-FindingText' {
    BeforeAll {
        $table = @{
            PLAIN = 'Plain {0}|ja:Jplain {0}'; ADVISED = 'Advised {0}|ja:Jadvised {0}|do:DO_A DO_B'; NOTE_A = 'Note {0}|ja:Jnote {0}'
            DO_A = 'Do A|ja:Jdo A'; DO_B = 'Do {0}|ja:Jdo {0}'; NOTE_STOP = '. |ja:! '
        }
        $own = @{ Title = 'Rule|ja:Jrule'; Remediation = @('Step 1|ja:Jstep 1', 'Step {0}|ja:Jstep {0}') }
        function Get-TestText {
            param([string]$Key, [string]$State, [string]$Language = 'en', $Notes = @(), $Rule = $own)

            Get-FindingText -Finding @{ MessageKey = $Key; State = $State; Notes = $Notes; Expected = '1.2' } -Rule $Rule -Messages $table -Language $Language
        }
    }
    It 'has title, message and steps in <Language>' -ForEach @(
        @{ Language = 'en'; Title = 'Rule'; Message = 'Plain 1.2.'; Steps = @('Step 1', 'Step 1.2') }
        @{ Language = 'ja'; Title = 'Jrule'; Message = 'Jplain 1.2!'; Steps = @('Jstep 1', 'Jstep 1.2') }
        @{ Language = 'fr'; Title = 'Rule'; Message = 'Plain 1.2.'; Steps = @('Step 1', 'Step 1.2') }
    ) {
        $text = Get-TestText 'PLAIN' 'fail' $Language
        $text.Title | Should -BeExactly $Title
        $text.Message | Should -BeExactly $Message
        $text.Steps | Should -BeExactly $Steps
    }
    It 'says the steps of the rule when the state is <State>: <Is>' -ForEach @(
        foreach ($state in 'fail', 'pendingReboot', 'fixFailed', 'skipped') { @{ State = $state; Is = $true } }
        foreach ($state in 'pass', 'unknown', 'notApplicable', 'fixed') { @{ State = $state; Is = $false } }
    ) {
        $expected = 0
        if ($Is) { $expected = 2 }
        (Get-TestText 'PLAIN' $State).Steps.Count | Should -Be $expected
    }
    It 'the advice of the message takes the place of the steps of the rule, whatever the state is' {
        foreach ($state in 'fail', 'unknown', 'pendingReboot') {
            (Get-TestText 'ADVISED' $state).Steps | Should -BeExactly @('Do A', 'Do 1.2')
            (Get-TestText 'ADVISED' $state 'ja').Steps | Should -BeExactly @('Jdo A', 'Jdo 1.2')
        }
        (Get-TestText 'ADVISED' 'fail').Message | Should -BeExactly 'Advised 1.2.'
    }
    It 'adds notes by key and texts of the pack to the message, each with its stop' {
        (Get-TestText 'PLAIN' 'pass' 'en' @('NOTE_A', 'Own {0}|ja:Jown {0}')).Message | Should -BeExactly 'Plain 1.2. Note 1.2. Own 1.2.'
        (Get-TestText 'PLAIN' 'pass' 'ja' @('NOTE_A', 'Own {0}|ja:Jown {0}')).Message | Should -BeExactly 'Jplain 1.2! Jnote 1.2! Jown 1.2!'
    }
    It 'has no steps where the rule has none' {
        (Get-TestText 'PLAIN' 'fail' 'en' @() @{ Title = 'Rule'; Remediation = @() }).Steps.Count | Should -Be 0
        , (Get-TestText 'PLAIN' 'pass').Steps | Should -BeOfType [array]
    }
    It 'has a way out where the state is unknown: <_>' -ForEach @(
        'OS_ROLLUP_LIKELY', 'OS_ROLLUP_LATER_SECURITY_ONLY', 'OS_ROLLUP_UNREADABLE', 'OS_BUILD_UNREADABLE', 'OS_REVISION_UNREADABLE', 'OS_BUILD_UNKNOWN', 'OS_NOT_JUDGED'
        'CERT_UNREADABLE', 'PRODUCT_SHAPE', 'PRODUCT_CONTRADICTION', 'PRODUCT_NO_VERSION', 'PRODUCT_UNREADABLE'
    ) {
        foreach ($language in 'en', 'ja') {
            $text = Get-FindingText -Finding @{ MessageKey = $_; State = 'unknown'; Notes = @(); Expected = '1.2' } -Rule $rule -Messages $messages -Language $language
            $text.Steps.Count | Should -BeGreaterThan 0
        }
    }
    It 'has a text and a way out for every message of the files' {
        $findings = (Get-Content -Raw -Encoding UTF8 (Join-Path $repositoryRoot 'templates/messages/en.json') | ConvertFrom-Json).findings
        foreach ($key in $findings.PSObject.Properties.Name) {
            $text = @{}
            foreach ($language in 'en', 'ja') {
                $text[$language] = Get-FindingText -Finding @{ MessageKey = $key; State = 'fail'; Notes = @(); Expected = '1.2' } -Rule $rule -Messages $messages -Language $language
                $text[$language].Message.Length | Should -BeGreaterThan 5 -Because "$key $language"
                $text[$language].Message | Should -Not -Match '\{|\||do:|\\u' -Because "$key $language"
                foreach ($step in $text[$language].Steps) { $step.Length | Should -BeGreaterThan 2 -Because "$key $language" }
            }
            $text.en.Message | Should -Match '\.$'
            $text.ja.Message | Should -Match "$([char]0x3002)$"
            $text.en.Steps.Count | Should -Be $text.ja.Steps.Count -Because $key
            $text.en.Steps.Count | Should -BeGreaterThan 0 -Because $key
        }
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
    It 'escapes what has a meaning in HTML' {
        ConvertTo-HtmlText -Text "<a href=`"x`" id='y'>&amp;`r`nb" | Should -BeExactly '&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;<br>b'
    }
    It 'keeps characters of other scripts in HTML, and none that a page must not hold' {
        ConvertTo-HtmlText -Text "a$([char]0x3042)$([char]0xd83d)$([char]0xde00)$([char]0x1)$([char]0x0)$([char]0x1b)$([char]0x7f)`t<p>" |
            Should -BeExactly "a$([char]0x3042)$([char]0xd83d)$([char]0xde00)????`t&lt;p&gt;"
    }
    It 'writes a text of the script in the language that is asked for, escaped' {
        ConvertTo-HtmlText -Text 'A & B|ja:C \u003c D' -Language 'en' | Should -BeExactly 'A &amp; B'
        ConvertTo-HtmlText -Text 'A & B|ja:C \u003c D' -Language 'ja' | Should -BeExactly 'C &lt; D'
        ConvertTo-HtmlText -Text 'C:\u0041|ja:x' | Should -BeExactly 'C:\u0041|ja:x'
    }
    It 'leaves a row without a value out' {
        ConvertTo-HtmlRow -Name '<b>N</b>' -Value '<v>' | Should -BeExactly '<dt><b>N</b></dt><dd>&lt;v&gt;</dd>'
        ConvertTo-HtmlRow -Name 'N' -Value '' | Should -BeNullOrEmpty
    }
    It 'says the time in UTC as ISO 8601 has it' {
        $time = Get-UtcTime
        $time | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$'
        [math]::Abs(([datetimeoffset]::UtcNow - [datetimeoffset]::Parse($time)).TotalMinutes) | Should -BeLessThan 5
    }
}

Describe 'Get-SummaryLine' {
    It 'names every state and the reason' {
        $findings = @((New-TestFinding -Id 'T-ROOT' -State 'unknown' -Key 'CERT_UNREADABLE'), (New-TestFinding))
        $answer = New-TestAnswer $findings
        Get-SummaryLine @answer | Should -BeExactly 'PSMINT report fail pack=pack@1.2.3 T-ROOT=unknown T-OS=fail | T-OS: Windows build is below 17763.2210.'
    }
    It 'gives the reason of a <state> finding' -ForEach @(
        @{ state = 'fixFailed'; verdict = 'fail'; key = 'FIX_FAILED'; reason = 'T-OS: Certificate could not be installed.' }
        @{ state = 'skipped'; verdict = 'fail'; key = 'FIX_WHAT_IF'; reason = 'T-OS: Certificate would be installed (-WhatIf).' }
        @{ state = 'pendingReboot'; verdict = 'pendingReboot'; key = 'OS_ROLLUP_PENDING'; reason = 'T-OS: Required update is waiting for a restart.' }
        @{ state = 'unknown'; verdict = 'unknown'; key = 'OS_BUILD_UNREADABLE'; reason = 'T-OS: Could not read the Windows build.' }
        @{ state = 'notApplicable'; verdict = 'unknown'; key = 'PRODUCT_OTHER'; reason = 'no required rule applies to this machine' }
        @{ state = 'fixed'; verdict = 'pass'; key = 'FIX_INSTALLED'; reason = 'all required rules pass' }
    ) {
        $answer = New-TestAnswer (New-TestFinding -State $state -Key $key) $verdict
        Get-SummaryLine @answer | Should -BeExactly "PSMINT report $verdict pack=pack@1.2.3 T-OS=$state | $reason"
    }
    It 'does not depend on what was found, nor on recommended rules' {
        $first = New-TestFinding
        $second = New-TestFinding
        $second.Actual = '17763.2'
        $second.Evidence = @()
        $other = New-TestFinding -Id 'A-ONE' -Severity 'recommended' -Key 'PRODUCT_BELOW'
        $lines = @(foreach ($finding in $first, $second) { $answer = New-TestAnswer @($other, $finding); Get-SummaryLine @answer })
        $lines[0] | Should -BeExactly $lines[1]
        $lines[0] | Should -Match '\| T-OS: '
    }
    It 'is one line of ASCII in English, whatever the texts hold' {
        $finding = New-TestFinding -Id 'T-ROOT' -State 'fail'
        $finding.Expected = "$nihon`r`nPSMINT check pass pack=x@1 T-ROOT=pass | all`tgood"
        $answer = New-TestAnswer $finding
        $lines = @(Get-SummaryLine @answer)
        $lines.Count | Should -Be 1
        $lines[0] | Should -Match '^PSMINT report fail pack=pack@1\.2\.3 T-ROOT=fail \| T-ROOT: [ -~]+$'
    }
    It 'stays within 2,048 characters of ASCII and names the bad states first' {
        $findings = @(1..400 | ForEach-Object { New-TestFinding -Id "RULE-$_" -State 'pass' }) + @(New-TestFinding -Id 'T-OS')
        $findings[-1].Expected = [string]::Join('', @(1..900 | ForEach-Object { [char]0x3042 }))
        $answer = New-TestAnswer $findings
        $line = Get-SummaryLine @answer
        $line.Length | Should -BeLessOrEqual 2048
        $line | Should -Match '^PSMINT report fail pack=pack@1\.2\.3 T-OS=fail RULE-1=pass [\x20-\x7e]+ \.\.\. \| T-OS: Windows'
        # What is shown is whole, and all that fits.
        $shown = [regex]::Matches($line, ' RULE-\d+=pass(?= )').Count
        $line | Should -Match " RULE-$shown=pass \.\.\. \|"
        $line.Length | Should -BeGreaterThan 2020
    }
    It 'names fixFailed, skipped, unknown and pendingReboot before what is fine when there is no room' {
        $findings = @(1..400 | ForEach-Object { New-TestFinding -Id "RULE-$_" -State 'pass' }) + @(foreach ($state in 'fixed', 'notApplicable', 'fixFailed', 'skipped', 'unknown', 'pendingReboot') { New-TestFinding -Id 'T-OS' -State $state -Key 'FIX_FAILED' })
        $answer = New-TestAnswer $findings
        Get-SummaryLine @answer | Should -Match 'pack@1\.2\.3 T-OS=fixFailed T-OS=skipped T-OS=unknown T-OS=pendingReboot RULE-1=pass'
    }
    It 'keeps a line that just fits' {
        $answer = New-TestAnswer (New-TestFinding) 'fail'
        $length = (Get-SummaryLine @answer).Length
        $answer.Plan = $plan.Clone()
        $answer.Plan.PackId = 'p' * (4 + 2048 - $length)
        (Get-SummaryLine @answer).Length | Should -Be 2048
        Get-SummaryLine @answer | Should -Match ' T-OS=fail \| '
    }
    It 'stays within the limit wherever the cut falls' {
        $answer = New-TestAnswer @(1..400 | ForEach-Object { New-TestFinding -Id 'T-OS' })
        $answer.Plan = $plan.Clone()
        $lengths = @(foreach ($more in 0..9) { $answer.Plan.PackId = 'p' * (4 + $more); (Get-SummaryLine @answer).Length })
        @($lengths -gt 2048) | Should -BeNullOrEmpty
    }
}

Describe 'answers of targets' {
    BeforeAll {
        $answer = New-TestAnswer (New-TestFinding)
    }
    It 'is the summary alone' {
        foreach ($lines in @(Write-ManualAnswer -Answer $answer), @(Write-IntuneRemediationAnswer -Answer $answer)) {
            @($lines).Count | Should -Be 1
            "$lines" | Should -BeExactly (Get-SummaryLine @answer)
        }
    }
    It 'is not taken for a console in a job or a pipe' { Test-ConsoleOutput | Should -BeOfType [bool] }
}

Describe 'Write-DattoAnswer' {
    BeforeAll {
        $answer = New-TestAnswer @(1..20 | ForEach-Object { New-TestFinding -Id 'T-OS' })
        Mock New-ItemProperty { }
        Mock Set-HostExitCode { }
    }
    AfterEach { $env:usrPsmintUdf = $null }
    It 'writes nothing where nobody named a field' {
        $lines = @(Write-DattoAnswer -Answer $answer)
        $lines[1] | Should -BeExactly "PSMINT=$(Get-SummaryLine @answer)"
        $lines -match 'not written' | Should -BeNullOrEmpty
        Should -Invoke New-ItemProperty -Times 0
    }
    It 'writes 255 characters of the line into the field <_>' -ForEach @('2', '9', '10', '19', '20', '29', '30') {
        $env:usrPsmintUdf = $_
        $field = "Custom$_"
        $value = (Get-SummaryLine @answer).Substring(0, 255)
        @(Write-DattoAnswer -Answer $answer) -match 'not written' | Should -BeNullOrEmpty
        Should -Invoke New-ItemProperty -Times 1 -Exactly -ParameterFilter {
            $LiteralPath -eq 'HKLM:\SOFTWARE\CentraStage' -and $Name -ceq $field -and $Value -ceq $value -and $PropertyType -eq 'String' -and $Force
        }
    }
    It 'writes nothing for "<_>", and says so' -ForEach @('0', '1', '31', '99', '-5', '05', ' 7', '7; x', '2\..', 'abc', 'null') {
        $env:usrPsmintUdf = $_
        @(@(Write-DattoAnswer -Answer $answer) -match 'not written: usrPsmintUdf is not a number from 2 to 30').Count | Should -Be 1
        Should -Invoke New-ItemProperty -Times 0
    }
    It 'says what the registry said, and answers all the same' {
        $env:usrPsmintUdf = '5'
        Mock New-ItemProperty { throw 'No such key' }
        $lines = @(Write-DattoAnswer -Answer $answer)
        @($lines -match '^PSMINT Custom5 not written: No such key$').Count | Should -Be 1
        $lines[1] | Should -BeExactly "PSMINT=$(Get-SummaryLine @answer)"
        $lines[-1] | Should -BeExactly '<-End Diagnostic->'
    }
}

Describe 'Write-ConsoleTable' {
    It 'says nothing when nobody reads a console' {
        Mock Test-ConsoleOutput { $false }
        $answer = New-TestAnswer (New-TestFinding)
        @(Write-ConsoleTable @answer -Language 'ja').Count | Should -Be 0
    }
    It 'tells a person in <_> everything about a finding' -ForEach @('en', 'ja') {
        Mock Test-ConsoleOutput { $true }
        $text = if ($_ -eq 'ja') { $japanese } else { $english }
        $own = { param($part) Get-Text -Text (New-TestText $part) -Language $_ }
        $finding = New-TestFinding
        $finding.Notes = @('OS_NOTE_VENDOR_UNLISTED', (New-TestText 'Own'))
        $answer = New-TestAnswer $finding
        $lines = [string]::Join("`n", @(Write-ConsoleTable @answer -Language $_))
        foreach ($part in (& $own 'Title'), $text.VERDICT_fail, "[$($text.STATE_fail)] T-OS  $(& $own 'Rule')", $text.OS_REVISION_BELOW.Replace('{0}', '17763.2210'),
            $text.OS_NOTE_VENDOR_UNLISTED, (& $own 'Own'), "$($text.LABEL_FOUND): 17763.1", "$($text.LABEL_TO_DO): $($text.DO_UPDATE)") {
            $lines | Should -Match ([regex]::Escape($part))
        }
    }
    It 'says the steps of the rule where the message has no advice' {
        Mock Test-ConsoleOutput { $true }
        $answer = New-TestAnswer (New-TestFinding -Id 'T-ROOT' -Key 'CERT_MISSING')
        $lines = [string]::Join("`n", @(Write-ConsoleTable @answer -Language 'ja'))
        foreach ($step in 'Step 1', 'Step 2') { $lines | Should -Match ([regex]::Escape("$($japanese.LABEL_TO_DO): $step ($nihon)")) }
    }
    It 'fix-cert tells more only about what it repairs' {
        Mock Test-ConsoleOutput { $true }
        $answer = New-TestAnswer @((New-TestFinding -Id 'T-OS'), (New-TestFinding -Id 'T-ROOT' -Key 'FIX_FAILED' -State 'fixFailed'))
        $answer.Plan = $plan.Clone()
        $answer.Plan.Script = 'fix-cert'
        $answer.Rules = @{ 'T-OS' = $rule; 'T-ROOT' = $rule + @{ Installs = @('root') } }
        $lines = [string]::Join("`n", @(Write-ConsoleTable @answer -Language 'en'))
        $lines | Should -Match 'T-OS  Rule'
        $lines | Should -Not -Match 'below 17763'
        $lines | Should -Match 'Certificate could not be installed'
    }
}

Describe 'ConvertTo-ReportObject' {
    It 'is what the schema asks for' {
        $answer = New-TestAnswer (New-TestFinding)
        $report = Get-TestReport $answer
        @($report.Keys) | Should -BeExactly @('schemaVersion', 'tool', 'script', 'target', 'pack', 'device', 'host', 'startedAt', 'endedAt', 'verdict', 'exitCode', 'findings')
        @($report.findings[0].Keys) | Should -BeExactly @('id', 'kind', 'severity', 'state', 'title', 'messageKey', 'message', 'expected', 'actual', 'evidence', 'remediation')
        $report.pack.title | Should -BeExactly 'Title'
        $report.device.name | Should -Be 'PC-1'
        $report.host.culture | Should -Be 'ja-JP'
        $report.exitCode | Should -Be 10
        $report.startedAt | Should -Be '2026-01-05T03:12:00Z'
        $report.findings[0].kind | Should -Be 'os-build'
        $report.findings[0].title | Should -BeExactly 'Rule'
        $report.findings[0].message | Should -BeExactly 'Windows build is below 17763.2210.'
        $report.findings[0].remediation | Should -BeExactly @('Install the latest cumulative update')
        $schema = Get-Content -Raw -Encoding UTF8 (Join-Path $repositoryRoot 'rules/schema/report.schema.json')
        ConvertTo-AsciiJson -InputObject $report | Test-Json -Schema $schema | Should -BeTrue
    }
    It 'says what to do only where something is to do' {
        $findings = { param($finding) (Get-TestReport (New-TestAnswer $finding)).findings[0] }
        (& $findings (New-TestFinding -Key 'CERT_MISSING')).remediation.Count | Should -Be 2
        (& $findings (New-TestFinding -State 'pass' -Key 'CERT_PRESENT')).remediation.Count | Should -Be 0
        (& $findings (New-TestFinding -State 'unknown' -Key 'OS_BUILD_UNREADABLE')).remediation | Should -Be @('Look by hand')
    }
    It 'exits with the code of the verdict <Verdict>' -ForEach @(
        @{ Verdict = 'pass'; Code = 0 }
        @{ Verdict = 'fail'; Code = 10 }
        @{ Verdict = 'pendingReboot'; Code = 11 }
        @{ Verdict = 'unknown'; Code = 12 }
    ) {
        (Get-TestReport (New-TestAnswer (New-TestFinding) $Verdict)).exitCode | Should -Be $Code
    }
    It 'keeps one finding, and none, as lists in JSON' {
        (ConvertTo-AsciiJson -InputObject (Get-TestReport (New-TestAnswer (New-TestFinding)))) | Should -Match '"findings":\[\{'
        (ConvertTo-AsciiJson -InputObject (Get-TestReport (New-TestAnswer @() 'unknown'))) | Should -Match '"findings":\[\]'
    }
}

Describe 'report' {
    BeforeAll {
        $answer = New-TestAnswer @((New-TestFinding), (New-HostileFinding))
    }
    It 'is a page without scripts or outside resources, in <language>' -ForEach @(@{ language = 'en' }, @{ language = 'ja' }) {
        $page = New-TestPage $answer $language
        $html = ConvertTo-HtmlReport @page
        $html | Should -Match "^<!DOCTYPE html><html lang=`"$language`"><head><meta charset=`"utf-8`">"
        $html | Should -Not -Match '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]'
        $html | Should -Not -Match '<script|<link|<img|<iframe|@import|url\(|</style>.*</style>'
        # Whatever stands in a tag was written by us.
        [regex]::Matches($html, '<[^>]*(onerror|javascript:|<)[^>]*>').Count | Should -Be 0
        [regex]::Matches($html, '<h1>').Count | Should -Be 1
        [regex]::Matches($html, '<style>').Count | Should -Be 1
        foreach ($tag in @('section', 'dl', 'dt', 'dd', 'p', 'ul', 'li', 'details', 'summary', 'h2', 'header', 'footer', 'small', 'b')) {
            [regex]::Matches($html, "<$tag[ >]").Count | Should -Be ([regex]::Matches($html, "</$tag>").Count) -Because $tag
        }
        $html | Should -Match ([regex]::Escape('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;'))
        $html | Should -Match ([regex]::Escape('https://example.com/?a=1&amp;b=2'))
        $html | Should -Match ([regex]::Escape("&lt;/style&gt;<br>$([char]0xd83d)$([char]0xde00)"))
        $text = if ($language -eq 'ja') { $japanese } else { $english }
        foreach ($part in $text.VERDICT_fail, $text.STATE_fail, $text.STATE_unknown, $text.REPORT_WHY, $text.FACT_missing, $text.FACT_error, $text.REPORT_IMPACT, $text.CERT_NOTE_AUTO_UPDATE) {
            $html | Should -Match ([regex]::Escape($part).Replace('"', '&quot;'))
        }
        $html | Should -Match $(if ($language -eq 'ja') { '&lt;u&gt;' } else { '&lt;i&gt; &amp; &quot;&lt;script' })
    }
    It 'escapes the name of the computer, in the title too' {
        $page = New-TestPage $answer
        $page.Report.device.name = '<b>"PC"</b>'
        $html = ConvertTo-HtmlReport @page
        [regex]::Matches($html, [regex]::Escape('&lt;b&gt;&quot;PC&quot;&lt;/b&gt;')).Count | Should -Be 2
    }
    It 'shows support and contact, in the language of the page' {
        $page = New-TestPage $answer 'ja'
        $html = ConvertTo-HtmlReport @page
        $html | Should -Match ([regex]::Escape("<h2>$($japanese.REPORT_SUPPORT)</h2><ul>`r`n<li>Support ($nihon)</li>`r`n<li>Help desk ($nihon)</li>`r`n</ul>"))
    }
    It 'says that it was not run as administrator only when it was not' {
        $page = New-TestPage $answer
        ConvertTo-HtmlReport @page | Should -Not -Match $english.REPORT_NOT_ELEVATED
        foreach ($elevated in $false, $null) {
            $page.Report.host = [ordered]@{ powershell = '5.1'; languageMode = 'FullLanguage'; elevated = $elevated }
            ConvertTo-HtmlReport @page | Should -Match $english.REPORT_NOT_ELEVATED
        }
    }
    It 'is CSV that a spreadsheet reads and cannot run' {
        $page = New-TestPage $answer 'ja'
        $csv = ConvertTo-CsvReport -Report $page.Report -Answer $answer -Language 'ja'
        $csv | Should -Match '\r\n$'
        $rows = @($csv | ConvertFrom-Csv)
        $rows.Count | Should -Be 2
        $found = $japanese.LABEL_FOUND
        $rows[0].$found | Should -BeExactly '17763.1'
        $rows[1].$found | Should -BeExactly "'=cmd|'/c calc'!A1 `"x`",</dd>"
        @($rows[0].PSObject.Properties).Count | Should -Be 9
        $rows[0].($japanese.REPORT_DEVICE) | Should -BeExactly 'PC-1'
        $rows[0].($japanese.REPORT_PACK) | Should -BeExactly 'pack 1.2.3'
        $rows[0].($japanese.REPORT_RULE) | Should -BeExactly "T-OS Rule ($nihon)"
        $rows[0].($japanese.REPORT_STATE) | Should -BeExactly $japanese.STATE_fail
        $rows[0].($japanese.LABEL_EXPECTED) | Should -BeExactly '17763.2210'
        $rows[0].($japanese.LABEL_TO_DO) | Should -BeExactly $japanese.DO_UPDATE
    }
    It 'guards <text> at the start of a field' -ForEach @(
        @{ text = '=1' }, @{ text = '+1' }, @{ text = '-1' }, @{ text = '@x' }, @{ text = "`t=1" }, @{ text = " `r`n=1" }
        foreach ($wide in 0xff1d, 0xff0b, 0xff0d, 0xff20) { @{ text = "$([char]$wide)1" } }
    ) {
        $finding = New-TestFinding
        $finding.Actual = $text
        $own = New-TestAnswer $finding
        $row = @((ConvertTo-CsvReport -Report (Get-TestReport $own) -Answer $own -Language 'en') -split "`r`n")[1]
        $row | Should -Match ([regex]::Escape((',"''{0}",' -f $text.Trim())))
        @($row | ConvertFrom-Csv -Header (1..9)).Count | Should -Be 1
    }
    It 'keeps a field in one line, with doubled quotes' {
        $finding = New-TestFinding
        $finding.Actual = "a`r`nb`t`"c`" = d, e"
        $own = New-TestAnswer $finding
        $csv = ConvertTo-CsvReport -Report (Get-TestReport $own) -Answer $own -Language 'en'
        ($csv -split "`r`n").Count | Should -Be 3
        $csv | Should -Match ([regex]::Escape('"a b ""c"" = d, e"'))
    }
}

Describe 'Write-ReportFile' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory -Path $folder
        Mock Start-Sleep { }
    }
    It 'writes the text whole, and returns nothing' {
        Write-ReportFile -Path "$folder/a.json" -Text '{"a":1}' -Encoding 'Ascii' | Should -BeNullOrEmpty
        (Get-Content -Raw -LiteralPath "$folder/a.json").Trim() | Should -BeExactly '{"a":1}'
        @(Get-ChildItem -LiteralPath $folder).Count | Should -Be 1
    }
    It 'takes the place of an earlier file' {
        $null = Write-ReportFile -Path "$folder/a.json" -Text ('old' * 100) -Encoding 'Ascii'
        Write-ReportFile -Path "$folder/a.json" -Text 'new' -Encoding 'Ascii' | Should -BeNullOrEmpty
        (Get-Content -Raw -LiteralPath "$folder/a.json").Trim() | Should -BeExactly 'new'
    }
    It 'writes what a spreadsheet reads: UTF-8 with a byte order mark' {
        Write-ReportFile -Path "$folder/a.csv" -Text "$nihon" -Encoding 'Utf8Bom' | Should -BeNullOrEmpty
        $bytes = [System.IO.File]::ReadAllBytes("$folder/a.csv")
        $bytes[0..2] | Should -Be @(0xef, 0xbb, 0xbf)
        [System.Text.Encoding]::UTF8.GetString($bytes, 3, 6) | Should -BeExactly $nihon
    }
    It 'takes a path with brackets and a text with what looks like PowerShell as they are' {
        $null = New-Item -ItemType Directory -Path "$folder/[a]"
        Write-ReportFile -Path "$folder/[a]/[b].json" -Text '$(x)' -Encoding 'Ascii' | Should -BeNullOrEmpty
        Test-Path -LiteralPath "$folder/[a]/[b].json" | Should -BeTrue
        Get-Content -LiteralPath "$folder/[a]/[b].json" | Should -BeExactly '$(x)'
    }
    It 'says why it could not, leaves nothing behind and the old file as it was' {
        $problem = Write-ReportFile -Path "$folder/missing/a.json" -Text 'x' -Encoding 'Ascii'
        $problem | Should -Match 'missing.a\.json could not be written: \w+'
        @(Get-ChildItem -LiteralPath $folder -Recurse).Count | Should -Be 0
        $null = Write-ReportFile -Path "$folder/a.json" -Text 'old' -Encoding 'Ascii'
        Mock Move-Item { throw 'in use' }
        Write-ReportFile -Path "$folder/a.json" -Text 'new' -Encoding 'Ascii' | Should -Match 'a\.json could not be written: in use'
        Get-Content -LiteralPath "$folder/a.json" | Should -BeExactly 'old'
        @(Get-ChildItem -LiteralPath $folder).Count | Should -Be 1
    }
    It 'tries three times, with a rest between' {
        Mock Move-Item { throw 'in use' }
        Write-ReportFile -Path "$folder/a.json" -Text 'x' -Encoding 'Ascii' | Should -Not -BeNullOrEmpty
        Should -Invoke Move-Item -Times 3 -Exactly
        Should -Invoke Start-Sleep -Times 2 -Exactly
    }
    It 'writes when the second try goes well, even under -WhatIf' {
        $script:tries = 0
        Mock Set-Content { $script:tries++; if ($script:tries -lt 2) { throw 'in use' } }
        Mock Move-Item { }
        $problem = & { $WhatIfPreference = $true; Write-ReportFile -Path "$folder/a.json" -Text 'x' -Encoding 'Ascii' }
        $problem | Should -BeNullOrEmpty
        Should -Invoke Set-Content -Times 2 -Exactly -ParameterFilter { $WhatIf -eq $false }
        Should -Invoke Move-Item -Times 1 -Exactly -ParameterFilter { $WhatIf -eq $false }
    }
    It 'says so when there is a folder of that name, and leaves nothing in it' {
        $null = New-Item -ItemType Directory -Path "$folder/a.json"
        Write-ReportFile -Path "$folder/a.json" -Text 'x' -Encoding 'Ascii' | Should -Not -BeNullOrEmpty
        @(Get-ChildItem -LiteralPath $folder -Recurse).Count | Should -Be 1
    }
}

Describe 'Save-Report' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory -Path $folder
        $page = New-TestPage (New-TestAnswer (New-TestFinding)) 'ja'
        Mock Start-Sleep { }
        Mock New-ProtectedFolder { @{ Path = ''; Error = 'the folder below ProgramData needs administrator rights' } }
    }
    It 'writes page, JSON and CSV into the folder that was asked for, and says where' {
        $saved = Save-Report -Page $page -OutDir $folder
        $saved.Path | Should -BeExactly (Join-Path $folder 'PC-1.html')
        $saved.Problems.Count | Should -Be 0
        @(Get-ChildItem -LiteralPath $folder | ForEach-Object { $_.Name } | Sort-Object) | Should -Be @('PC-1.csv', 'PC-1.html', 'PC-1.json')
        ([System.IO.File]::ReadAllText("$folder/PC-1.json") | ConvertFrom-Json).findings[0].id | Should -Be 'T-OS'
        [System.IO.File]::ReadAllText("$folder/PC-1.html") | Should -Match ([regex]::Escape($japanese.VERDICT_fail))
        [System.IO.File]::ReadAllBytes("$folder/PC-1.csv")[0..2] | Should -Be @(0xef, 0xbb, 0xbf)
        Should -Invoke New-ProtectedFolder -Times 0 -Exactly
    }
    It 'makes the folder when it is not there' {
        (Save-Report -Page $page -OutDir "$folder/new/one").Problems.Count | Should -Be 0
        Test-Path -LiteralPath "$folder/new/one/PC-1.html" | Should -BeTrue
    }
    It 'writes into the protected folder of the pack without one' {
        Mock New-ProtectedFolder { @{ Path = $folder; Error = '' } }
        $saved = Save-Report -Page $page
        $saved.Path | Should -BeExactly (Join-Path $folder 'PC-1.html')
        Should -Invoke New-ProtectedFolder -Times 1 -Exactly -ParameterFilter { $Name -eq 'pack\report' }
    }
    It 'has no path and one problem when there is no protected folder' {
        $saved = Save-Report -Page $page
        $saved.Path | Should -BeExactly ''
        $saved.Problems | Should -Be @('the folder below ProgramData needs administrator rights')
    }
    It 'has no path and a problem when the folder is none' {
        Set-Content -LiteralPath "$folder/file" -Value 'x'
        foreach ($wrong in "$folder/file", "$folder/file/below") {
            $saved = Save-Report -Page $page -OutDir $wrong
            $saved.Path | Should -BeExactly '' -Because $wrong
            $saved.Problems.Count | Should -BeGreaterThan 0
            foreach ($problem in $saved.Problems) { $problem | Should -Match 'file' }
        }
    }
    It 'names each file that could not be written, and the page when it was' {
        Mock Write-ReportFile { if ($Path -like '*.csv') { "$Path could not be written: in use" } }
        $saved = Save-Report -Page $page -OutDir $folder
        $saved.Path | Should -BeExactly (Join-Path $folder 'PC-1.html')
        $saved.Problems | Should -Be @("$(Join-Path $folder 'PC-1.csv') could not be written: in use")
    }
    It 'has no path when the page could not be written, even in a folder with brackets' {
        Mock Write-ReportFile { if ($Path -like '*.html') { "$Path could not be written: in use" } }
        foreach ($name in 'plain', '[1]') {
            $saved = Save-Report -Page $page -OutDir "$folder/$name"
            $saved.Problems.Count | Should -Be 1
            $saved.Path | Should -BeExactly '' -Because $name
        }
    }
    It 'a device name of <_> leads nowhere else' -ForEach @('..\..\evil', '../../evil', 'C:\x', 'a*b?', '..', "p`nq", "$([char]0x65e5)$([char]0x672c)") {
        $page.Report.device.name = $_
        $saved = Save-Report -Page $page -OutDir "$folder/out"
        $saved.Problems.Count | Should -Be 0
        @(Get-ChildItem -LiteralPath $folder -Recurse -File -Force).Count | Should -Be 3
        @(Get-ChildItem -LiteralPath "$folder/out" -File -Force).Count | Should -Be 3
        $saved.Path | Should -Match '[\\/]out[\\/][A-Za-z0-9._-]+\.html$'
    }
    It 'writes the JSON to -ReportPath too, and says when it could not' {
        (Save-Report -Page $page -OutDir $folder -ReportPath "$folder/own.json").Problems.Count | Should -Be 0
        Get-Content -Raw "$folder/own.json" | Should -BeExactly (Get-Content -Raw "$folder/PC-1.json")
        $saved = Save-Report -Page $page -OutDir $folder -ReportPath "$folder/missing/own.json"
        $saved.Problems.Count | Should -Be 1
        $saved.Problems[0] | Should -Match 'own\.json could not be written'
        $saved.Path | Should -BeExactly (Join-Path $folder 'PC-1.html')
    }
    It 'writes the JSON alone to -Share, and says when it could not' {
        $null = New-Item -ItemType Directory -Path "$folder/share"
        (Save-Report -Page $page -OutDir "$folder/out" -Share "$folder/share").Problems.Count | Should -Be 0
        @(Get-ChildItem -LiteralPath "$folder/share" | ForEach-Object { $_.Name }) | Should -Be @('PC-1.json')
        $saved = Save-Report -Page $page -OutDir "$folder/out" -Share "$folder/missing"
        $saved.Problems.Count | Should -Be 1
        $saved.Problems[0] | Should -Match 'missing.PC-1\.json could not be written'
        $saved.Path | Should -Match 'PC-1\.html$'
    }
    It 'writes to -Share even when the folder cannot be written' {
        $saved = Save-Report -Page $page -Share $folder
        $saved.Problems.Count | Should -Be 1
        Test-Path -LiteralPath "$folder/PC-1.json" | Should -BeTrue
    }
    It 'a drive that is not there is a problem, as folder and as share' {
        (Save-Report -Page $page -OutDir 'Q7:\reports').Problems.Count | Should -BeGreaterThan 0
        $saved = Save-Report -Page $page -OutDir $folder -Share 'Q7:\share'
        $saved.Path | Should -BeExactly (Join-Path $folder 'PC-1.html')
        $saved.Problems.Count | Should -Be 1
    }
}

Describe 'New-ProtectedFolder' {
    BeforeAll {
        $realTest = ${function:Test-ProtectedFolder}
    }
    BeforeEach {
        $before = $env:ProgramData
        $env:ProgramData = 'X:\Data'
        Mock Test-Elevation { $true }
        Mock Test-Path { $false }
        Mock New-Item { }
        Mock Invoke-Native { @{ ExitCode = 0; Output = @(); Error = '' } }
        Mock Test-ProtectedFolder { '' }
    }
    AfterEach {
        $env:ProgramData = $before
    }
    It 'makes each folder of the way and closes it to everybody else' {
        $made = New-ProtectedFolder -Name 'pack\report'
        $made.Path | Should -BeExactly 'X:\Data\psmint\pack\report'
        $made.Error | Should -BeExactly ''
        foreach ($wanted in 'X:\Data\psmint', 'X:\Data\psmint\pack', 'X:\Data\psmint\pack\report') {
            Should -Invoke New-Item -Times 1 -Exactly -ParameterFilter { $Path -eq $wanted -and $ItemType -eq 'Directory' }
            Should -Invoke Test-ProtectedFolder -Times 1 -Exactly -ParameterFilter { $Path -eq $wanted }
            Should -Invoke Invoke-Native -Times 1 -Exactly -ParameterFilter { $FilePath -eq 'icacls.exe' -and "$Arguments" -eq "$wanted /setowner *S-1-5-32-544" }
            Should -Invoke Invoke-Native -Times 1 -Exactly -ParameterFilter { $FilePath -eq 'icacls.exe' -and "$Arguments" -eq "$wanted /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F" }
        }
        Should -Invoke New-Item -Times 3 -Exactly
    }
    It 'uses folders that are there and fine, and changes no rights of them' {
        Mock Test-Path { $true }
        (New-ProtectedFolder -Name 'pack').Path | Should -BeExactly 'X:\Data\psmint\pack'
        Should -Invoke New-Item -Times 0 -Exactly
        Should -Invoke Invoke-Native -Times 0 -Exactly
        Should -Invoke Test-ProtectedFolder -Times 2 -Exactly
    }
    It 'refuses a folder on the way that somebody else owns' {
        Mock Test-Path { $true }
        Mock Test-ProtectedFolder { if ($Path -eq 'X:\Data\psmint') { "$Path is not a folder of administrators alone" } }
        $made = New-ProtectedFolder -Name 'pack\report'
        $made.Path | Should -BeExactly ''
        $made.Error | Should -BeExactly 'X:\Data\psmint is not a folder of administrators alone'
    }
    It 'makes nothing when elevation is <_>' -ForEach @($false, $null) {
        $elevated = $_
        Mock Test-Elevation { $elevated }
        $made = New-ProtectedFolder -Name 'pack'
        $made.Path | Should -BeExactly ''
        $made.Error | Should -Match 'administrator rights'
        Should -Invoke New-Item -Times 0 -Exactly
    }
    It 'makes nothing without a ProgramData folder' {
        $env:ProgramData = ''
        (New-ProtectedFolder -Name 'pack').Error | Should -Match 'no ProgramData folder'
        Should -Invoke New-Item -Times 0 -Exactly
    }
    It 'fails when the <_> could not be set' -ForEach @('owner', 'rights') {
        $argument = if ($_ -eq 'owner') { '/setowner' } else { '/inheritance:r' }
        foreach ($answer in @{ ExitCode = 5; Output = @(); Error = '' }, @{ ExitCode = 0; Output = @(); Error = 'icacls.exe did not start' }) {
            Mock Invoke-Native { if ($Arguments -contains $argument) { $answer } else { @{ ExitCode = 0; Output = @(); Error = '' } } }
            $made = New-ProtectedFolder -Name 'pack'
            $made.Path | Should -BeExactly ''
            $made.Error | Should -Match 'rights of X:\\Data\\psmint could not be set'
        }
    }
    It 'does not take a folder for a safe one whose rights could not be set the time before' {
        # It is ours, and open to everybody who may write below ProgramData.
        $script:there = $false
        Mock Test-ProtectedFolder { & $realTest -Path $Path }
        Mock Get-Item { @{ Attributes = 'Directory' } }
        Mock Get-Acl { @{ Sddl = 'O:BAG:SYD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)(A;CIID;DCLCRPCR;;;BU)' } }
        Mock Test-Path { $script:there }
        Mock New-Item { $script:there = $true }
        
        Mock Invoke-Native { @{ ExitCode = 5; Output = @(); Error = '' } }
        (New-ProtectedFolder -Name 'pack').Path | Should -BeExactly ''
        (New-ProtectedFolder -Name 'pack').Path | Should -BeExactly ''
    }
    It 'says why a folder could not be made' {
        Mock New-Item { throw 'denied' }
        (New-ProtectedFolder -Name 'pack').Error | Should -BeExactly 'denied'
    }
}

Describe 'Test-ProtectedFolder' {
    It '<Owner> with <Attributes>: <Problem>' -ForEach @(
        @{ Owner = 'O:SYG:SYD:P(A;;FA;;;SY)'; Attributes = 'Directory'; Problem = '^$' }
        @{ Owner = 'O:SYG:SYD:(A;;FA;;;SY)'; Attributes = 'Directory'; Problem = 'is not a folder of' }
        @{ Owner = 'O:BAG:SYD:AI(A;;FA;;;SY)'; Attributes = 'Directory'; Problem = 'is not a folder of' }
        @{ Owner = 'O:BAG:DUD:PAI'; Attributes = 'Directory, NotContentIndexed'; Problem = '^$' }
        @{ Owner = 'O:S-1-5-21-1-2-3-1001G:BAD:(A;;FA;;;BA)'; Attributes = 'Directory'; Problem = 'is not a folder of' }
        @{ Owner = 'O:BUG:BAD:(A;;FA;;;SY)'; Attributes = 'Directory'; Problem = 'is not a folder of' }
        @{ Owner = ''; Attributes = 'Directory'; Problem = 'is not a folder of' }
        @{ Owner = 'O:BAG:DUD:'; Attributes = 'Directory, ReparsePoint'; Problem = 'is a link' }
    ) {
        Mock Get-Item { @{ Attributes = $Attributes } }
        Mock Get-Acl { @{ Sddl = $Owner } }
        Test-ProtectedFolder -Path 'X:\psmint' | Should -Match $Problem
    }
}

Describe 'ConstrainedLanguage' {
    It 'gives the same answers as FullLanguage' {
        $work = {
            param($Data)
            $answer = $Data.answer
            $report = ConvertTo-ReportObject @answer -Environment $Data.environment -StartedAt '2026-01-05T03:12:00Z'
            $report.endedAt = '2026-01-05T03:12:01Z'
            ConvertTo-AsciiJson -InputObject $report
            foreach ($language in @('en', 'ja')) {
                ConvertTo-HtmlReport -Report $report -Answer $answer -PackTexts $Data.packTexts -Language $language -Style $Data.style
                ConvertTo-CsvReport -Report $report -Answer $answer -Language $language
                Write-ConsoleTable @answer -Language $language
                foreach ($finding in $answer.Findings) { (Get-FindingText -Finding $finding -Rule $answer.Rules[$finding.Id] -Messages $answer.Messages -Language $language).Message }
            }
            Write-ManualAnswer -Answer $answer
            Write-IntuneRemediationAnswer -Answer $answer
            Get-AnswerLanguage -Plan $answer.Plan -Culture 'ja-JP'
            Test-ConsoleOutput
            (Get-UtcTime).Length
            Write-ReportFile -Path $Data.file -Text "$($report.pack.id)" -Encoding 'Utf8Bom'
            Get-Content -Raw -LiteralPath $Data.file
            (Save-Report -Page @{ Report = $report; Answer = $answer; PackTexts = $Data.packTexts; Language = 'ja'; Style = $Data.style } -OutDir $Data.folder).Problems.Length
        }
        $hostile = New-HostileFinding
        $hostile.Actual = "<$([char]0xd83d)$([char]0xde00)$([char]0x3042)>"
        $data = @{ answer = (New-TestAnswer @((New-TestFinding), $hostile)); environment = $environment; packTexts = $packTexts; style = $style; file = "$TestDrive/constrained.json"; folder = "$TestDrive/constrained" }
        $source = 'Set-StrictMode -Version 2.0; $ErrorActionPreference = "Stop"'
        foreach ($file in $functionFiles) { $source = "$source`r`n$(Get-Content -Raw $file.FullName)" }
        # The table is written to a console alone.
        $source = $source -replace "if \(-not \(Test-ConsoleOutput\)\) \{ return \}", ''
        $answers = foreach ($mode in @('FullLanguage', 'ConstrainedLanguage')) {
            $state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
            $state.LanguageMode = $mode
            $shell = [powershell]::Create($state)
            $null = $shell.AddScript($source).AddStatement().AddScript("$work").AddArgument($data)
            , @($shell.Invoke())
            $shell.Streams.Error | Should -BeNullOrEmpty
            $shell.Dispose()
        }
        $answers[0].Count | Should -BeGreaterThan 20
        [string]::Join("`n", $answers[1]) | Should -BeExactly ([string]::Join("`n", $answers[0]))
    }
}

Describe 'files' {
    BeforeAll {
        $allFiles = @(Get-ChildItem (Join-Path $repositoryRoot 'templates/functions') -Recurse -Filter *.ps1) + @(Get-FunctionFile 'simulated')
    }
    It 'are ASCII with CRLF line ends' {
        $allFiles.Count | Should -BeGreaterThan 60
        @(foreach ($file in $allFiles) { if ([System.IO.File]::ReadAllText($file.FullName) -notmatch '^([\t\x20-\x7e]*\r\n)+$') { $file.Name } }) | Should -BeNullOrEmpty
    }
    It 'hold one function each, named as the file, with help' {
        foreach ($file in $allFiles) {
            $tree = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$null)
            $tree.EndBlock.Statements.Count | Should -Be 1 -Because $file.Name
            $tree.EndBlock.Statements[0].Name | Should -BeExactly $file.BaseName
            $tree.EndBlock.Statements[0].GetHelpContent().Synopsis | Should -Not -BeNullOrEmpty -Because $file.Name
        }
    }
}
