function Read-FileVersion {
    <#
    .SYNOPSIS
    Version of a file from its numeric parts; the version text can be localized. Missing when the file is not there.
    #>
    param([string]$Path)

    if ($env:OS -ne 'Windows_NT') { return New-ReadFailure -Problem 'no Windows files on this system' }
    $folder = 'System32'
    # A 32-bit process sees the 64-bit System32 as Sysnative.
    if ($env:PROCESSOR_ARCHITEW6432) { $folder = 'Sysnative' }
    $file = $Path -replace '^%SystemRoot%\\System32\\', "$env:SystemRoot\$folder\" -replace '^%SystemRoot%\\', "$env:SystemRoot\"
    try {
        $version = (Get-Item -LiteralPath $file -Force).VersionInfo
        $parts = @($version.FileMajorPart, $version.FileMinorPart, $version.FileBuildPart, $version.FilePrivatePart)
        return @{ Status = 'found'; Value = [string]::Join('.', $parts); Error = '' }
    } catch {
        if ("$($_.FullyQualifiedErrorId)" -like 'PathNotFound*') { return @{ Status = 'missing'; Value = $null; Error = '' } }
        return New-ReadFailure -Problem $_
    }
}
