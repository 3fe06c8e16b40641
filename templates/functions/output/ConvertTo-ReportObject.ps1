function ConvertTo-ReportObject {
    <#
    .SYNOPSIS
    Everything that was found, as rules/schema/report.schema.json describes it. Times are ISO 8601 in UTC.
    #>
    param($Plan, $Rules, $Findings, [string]$Verdict, $Messages, $Environment, [string]$StartedAt, [string]$EndedAt)

    $counts = [ordered]@{}
    foreach ($state in @('pass', 'fail', 'notApplicable', 'unknown', 'pendingReboot', 'fixed', 'fixFailed', 'skipped')) {
        $counts[$state] = @(foreach ($finding in $Findings) { if ($finding.State -eq $state) { 1 } }).Count
    }
    [ordered]@{
        schemaVersion = 1
        tool = [ordered]@{ name = 'psmint'; version = $Plan.ToolVersion }
        script = $Plan.Script
        target = $Plan.Target
        pack = [ordered]@{
            id = $Plan.PackId
            version = $Plan.PackVersion
            title = Get-LocalizedText -Messages $Messages -Text $Plan.Title
        }
        device = [ordered]@{ name = "$($Environment.DeviceName)" }
        host = [ordered]@{
            windows = $Environment.IsWindows
            windows64Bit = $Environment.Is64BitWindows
            powershell = "$($Environment.PowerShell)"
            languageMode = "$($Environment.LanguageMode)"
            processBits = $Environment.Bits
            elevated = $Environment.IsElevated
            culture = "$($Environment.Culture)"
        }
        startedAt = $StartedAt
        endedAt = $EndedAt
        verdict = $Verdict
        exitCode = Get-ExitCode -Plan $Plan -Verdict $Verdict
        counts = $counts
        findings = @(
            foreach ($finding in $Findings) {
                ConvertTo-ReportFinding -Finding $finding -Rule $Rules[$finding.Id] -Messages $Messages
            }
        )
    }
}
