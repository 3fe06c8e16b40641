function Get-ManualTable {
    <#
    .SYNOPSIS
    Lines that tell a person at the console what was found, in one language.
    #>
    param($Plan, $Rules, $Findings, [string]$Verdict, $Messages, [string]$Language, $Environment)

    $label = $Messages[$Language]
    ''
    '{0} {1}  [{2}]' -f $Plan.Title[$Language], $Plan.PackVersion, $Environment.DeviceName
    $label["VERDICT_$Verdict"]
    foreach ($finding in $Findings) {
        $rule = $Rules[$finding.Id]
        $state = Format-ConsoleText -Text $label["STATE_$($finding.State)"] -Width 17
        ''
        '{0}{1}  {2}' -f $state, $finding.Id, $rule.Title[$Language]
        '    {0}' -f (Get-MessageText -Messages $Messages -Language $Language -Key $finding.MessageKey -Arguments $finding.Arguments)
        if ($finding.Expected) { '    {0}: {1}' -f $label.LABEL_EXPECTED, $finding.Expected }
        if ($finding.Actual) { '    {0}: {1}' -f $label.LABEL_FOUND, $finding.Actual }
        foreach ($note in $finding.Notes) {
            '    * {0}' -f (Get-LocalizedText -Messages $Messages -Key $note.Key -Arguments $note.Arguments -Text $note.Text)[$Language]
        }
        if (@('fail', 'pendingReboot', 'fixFailed', 'skipped') -notcontains $finding.State) { continue }
        foreach ($step in $rule.Remediation) { '    {0}: {1}' -f $label.LABEL_TO_DO, $step[$Language] }
    }
    ''
}
