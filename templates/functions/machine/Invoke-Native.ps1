function Invoke-Native {
    <#
    .SYNOPSIS
    Runs a tool of System32 and returns ExitCode, Output (lines) and Error (empty when it ran). The only native call.
    #>
    param([string]$FilePath, [string[]]$Arguments)

    # A 32-bit process sees the 64-bit System32 as Sysnative.
    $folder = 'System32'
    if ($env:PROCESSOR_ARCHITEW6432) { $folder = 'Sysnative' }
    $tool = "$env:SystemRoot\$folder\$FilePath"
    # With Stop, one line that a tool writes to stderr would end the script in PowerShell 5.1.
    $ErrorActionPreference = 'Continue'
    try {
        $global:LASTEXITCODE = 0
        $output = @(& $tool @Arguments 2>&1)
        $exitCode = $global:LASTEXITCODE
        @{ ExitCode = $exitCode; Output = @(foreach ($line in $output) { "$line" }); Error = '' }
    } catch {
        @{ ExitCode = -1; Output = @(); Error = "$FilePath did not start: $($_.FullyQualifiedErrorId)" }
    }
}
