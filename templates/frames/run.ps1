$ErrorActionPreference = 'Stop'
# The exit code of az is looked at after each call, the same way in every PowerShell 7.
$PSNativeCommandUseErrorActionPreference = $false
$env:AZURE_CORE_OUTPUT = 'none'
$env:AZURE_CORE_ONLY_SHOW_ERRORS = 'true'
# Files that the commands read lie beside this one.
Set-Location -LiteralPath $PSScriptRoot

function Write-Line([string] $Text) { [Console]::Error.WriteLine($Text) }

function Stop-Run([string] $Text) {
  Write-Line "   x $Text"
  exit 1
}

function Assert-Az {
  if ($LASTEXITCODE -ne 0) { Stop-Run "az ended with exit code $LASTEXITCODE." }
}

# Gives absent, same or different; a want is is:VALUE or has:VALUE, one for each line that the query prints.
function Get-Difference([string] $Id, [string] $Api, [string] $Query, [string[]] $Wants) {
  $script:Difference = ''
  $messages = New-TemporaryFile
  # What az writes into the file is not an error of this script.
  $ErrorActionPreference = 'Continue'
  try {
    $seen = @(@@LOOK@@ 2> $messages)
    $code = $LASTEXITCODE
    if ($code -eq 3) { return 'absent' }
    if ($code -ne 0) {
      Write-Line (Get-Content -Raw -LiteralPath $messages)
      Stop-Run "az could not look up $Id (exit code $code)."
    }
  } finally {
    Remove-Item -LiteralPath $messages
  }
  $differences = for ($at = 0; $at -lt $Wants.Count; $at++) {
    $kind, $want = $Wants[$at] -split ':', 2
    $have = if ($at -lt $seen.Count) { "$($seen[$at])".Trim() } else { '' }
    if ($kind -eq 'is' -and $have -ine $want) { "wanted $want, found $have" }
    if ($kind -eq 'has' -and ($have -split ',') -inotcontains $want) { "wanted $want among $have" }
  }
  $script:Difference = $differences -join '; '
  if ($script:Difference) { return 'different' }
  return 'same'
}
