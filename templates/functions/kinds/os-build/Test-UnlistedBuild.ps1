function Test-UnlistedBuild {
    <#
    .SYNOPSIS
    A build without a row: native from a build number on, otherwise (Insider builds) unknown.
    #>
    param([hashtable]$Rule, [hashtable]$Facts, [int]$Build)

    $nativeFrom = [int]$Rule.Parameters.NativeFrom
    $finding = @{ Rule = $Rule; Facts = $Facts; Expected = "$nativeFrom"; Actual = "$Build" }
    if ($Build -ge $nativeFrom) {
        return New-Finding @finding -State 'pass' -MessageKey 'OS_NATIVE' -Arguments "Windows (build $Build)"
    }
    New-Finding @finding -State 'unknown' -MessageKey 'OS_BUILD_UNKNOWN' -Arguments "$Build"
}
