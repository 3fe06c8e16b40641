function New-Finding {
    <#
    .SYNOPSIS
    The outcome of one rule, with every fact that has been read for it as evidence.
    Needs names the facts that could still change the outcome.
    #>
    param(
        [hashtable]$Rule,
        [hashtable]$Facts,
        [string]$State,
        [string]$MessageKey,
        $Arguments = @(),
        [string]$Expected = '',
        [string]$Actual = '',
        $Notes = @(),
        $Needs = @()
    )

    $evidence = @(
        foreach ($fact in @(Select-Fact -Rule $Rule -Facts $Facts)) {
            @{ Source = $fact.Id; Status = $fact.Status; Value = ConvertTo-EvidenceText -Fact $fact }
        }
    )
    @{
        Id = $Rule.Id
        Kind = $Rule.Kind
        Severity = $Rule.Severity
        State = $State
        MessageKey = $MessageKey
        Arguments = @($Arguments)
        Expected = $Expected
        Actual = $Actual
        Notes = @($Notes)
        Evidence = $evidence
        Needs = @($Needs)
    }
}
