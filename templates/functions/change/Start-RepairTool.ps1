function Start-RepairTool {
	<#
	.SYNOPSIS
	Runs a vendor's tool when its signature is valid and of an expected publisher, and waits until its log says that it has
	ended. Returns nothing, or what went wrong; whether anything was repaired, only the stores say.
	.LINK
	https://learn.microsoft.com/powershell/module/microsoft.powershell.security/get-authenticodesignature
	#>
	param($Tool, $Folder)

	try {
		$place = (Get-Item -LiteralPath $Folder).FullName
		$file = "$place\$($Tool.File)"
		if (-not (Test-Path -LiteralPath $file)) { return "not in $place" }
		$signature = Get-AuthenticodeSignature -LiteralPath $file
		if ($signature.Status -ne 'Valid') { return "not run, signature $($signature.Status)" }
		$signer = $signature.SignerCertificate.Subject
		if ($signer -cnotmatch $Tool.Signer) { return "not run, signed by $signer" }
		$start = [datetime]::UtcNow
		Start-Process -FilePath $file -ArgumentList $Tool.Arguments -WorkingDirectory $place
		# It may go on behind the process that was started: the log decides. One of an earlier run says nothing; the tool may
		# hold its own, and its encoding is not known: without the zero bytes UTF-16 reads like ASCII.
		$ErrorActionPreference = 'SilentlyContinue'
		for ($second = 0; $second -lt $Tool.Seconds; $second += 2) {
			Start-Sleep -Seconds 2
			foreach ($log in Get-ChildItem -LiteralPath $place -Recurse | Where-Object { $Tool.Logs -contains $_.Name -and $_.LastWriteTimeUtc -ge $start }) {
				if ("$(Get-Content -LiteralPath $log.FullName)" -replace '\x00', '' -match $Tool.Done) { return }
			}
		}
		"its log names no end within $($Tool.Seconds) seconds"
	} catch {
		"$($_.FullyQualifiedErrorId)"
	}
}
