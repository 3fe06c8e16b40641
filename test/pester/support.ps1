# What several Pester files need: messages and rules in the form in which scripts hold them.

$repositoryRoot = Join-Path $PSScriptRoot '../..'

# A text in the form 'English|ja:Japanese|do:KEY KEY', ASCII, as Get-Text reads it.
function ConvertTo-ScriptText {
    param([string]$English, [string]$Japanese = '', [string]$Advice = '')

    $escape = { param($text) [regex]::Replace($text, '[^ -~]|[\\|]', { param($match) if ($match.Value -eq '\') { '\\' } else { '\u{0:x4}' -f [int][char]$match.Value } }) }
    $text = & $escape $English
    if ($Japanese) { $text += '|ja:' + (& $escape $Japanese) }
    if ($Advice) { $text += "|do:$Advice" }
    $text
}

# Texts of one message file by key.
function Get-MessageFile {
    param([string]$Name)

    $table = @{}
    $file = Get-Content -Raw -Encoding UTF8 (Join-Path $repositoryRoot "templates/messages/$Name.json") | ConvertFrom-Json
    foreach ($entry in $file.PSObject.Properties) {
        if ($entry.Value -is [string]) {
            $table[$entry.Name] = $entry.Value
        } else {
            foreach ($text in $entry.Value.PSObject.Properties) { $table[$text.Name] = $text.Value }
        }
    }
    $table
}

# All messages of the scripts, with their advice.
function Get-MessageTable {
    $english = Get-MessageFile 'en'
    $japanese = Get-MessageFile 'ja'
    $advice = Get-MessageFile 'advice'
    $table = @{}
    foreach ($key in $english.Keys) { $table[$key] = ConvertTo-ScriptText $english[$key] $japanese[$key] "$($advice[$key])" }
    $table
}

# The real pack.
function Get-Pack {
    Get-Content -Raw -Encoding UTF8 (Join-Path $repositoryRoot 'rules/trendmicro-vbbss-acs.json') | ConvertFrom-Json
}

# The build table that the pack shares with others.
function Get-BuildTable {
    Get-Content -Raw -Encoding UTF8 (Join-Path $repositoryRoot "rules/$((Get-Pack).rules[0].check.table)") | ConvertFrom-Json
}

# The rules of the real pack as its check script holds them.
function Get-PackRule {
    $script = Join-Path $repositoryRoot 'test/golden/trendmicro-vbbss-acs/manual/check.ps1'
    $tree = [System.Management.Automation.Language.Parser]::ParseFile($script, [ref]$null, [ref]$null)
    $isRules = { param($node) $node -is [System.Management.Automation.Language.AssignmentStatementAst] -and "$($node.Left)" -eq '$Rules' }
    & ([scriptblock]::Create($tree.Find($isRules, $false).Right.Extent.Text))
}

# Function files of some folders below templates/.
function Get-FunctionFile {
    param([string[]]$Folder)

    foreach ($name in $Folder) {
        Get-ChildItem (Join-Path $repositoryRoot "templates/$name") -Filter *.ps1 | Where-Object { $_.BaseName -ne 'Invoke-SimulatedRun' }
    }
}
