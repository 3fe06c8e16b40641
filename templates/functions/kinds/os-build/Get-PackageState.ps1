function Get-PackageState {
    <#
    .SYNOPSIS
    Meaning of a servicing package's CurrentState: 'installed', 'pending', 'ignored', or 'unreadable' for anything else.
    #>
    param($State)

    # 112 installed, 80 superseded, 128 permanent; 96 install pending; 0 absent, 5 uninstall pending, 32 resolved, 64 staged.
    if (@(112, 80, 128) -contains $State) { return 'installed' }
    if ($State -eq 96) { return 'pending' }
    if (@(0, 5, 32, 64) -contains $State) { return 'ignored' }
    return 'unreadable'
}
