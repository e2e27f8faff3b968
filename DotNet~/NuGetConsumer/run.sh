#!/usr/bin/env bash
# Makes the NuGet packages into artifacts/nuget, shows what is in them, and runs a program that uses them from there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
feed=$PWD/artifacts/nuget
work=$PWD/artifacts/nuget-consumer
rm -rf "$feed" "$work"

for project in Recurrent Recurrent.Analysis Recurrent.OnnxRuntime; do
    dotnet pack -c Release -v quiet -o "$feed" "$project"
done
for package in "$feed"/*nupkg; do
    echo "$(basename "$package"), $(stat -c %s "$package") bytes"
    unzip -l "$package" | awk '$4 ~ /^(lib|README|LICENSE|Third|[^\/]*\.nuspec)/ { print "   ", $1, $4, $5, $6 }'
done

# Packages of ours go to a folder of their own, where an older build of the same version cannot stand in for them; all others may be taken from where they are.
of() { sed -n "s/.*Include=\"$1\" Version=\"\[\(.*\)\]\".*/\1/p" Directory.Packages.props; }
dotnet run -c Release --project NuGetConsumer -p:RestoreAdditionalProjectSources="$feed" -p:RestorePackagesPath="$work/packages" \
    -p:RestoreAdditionalProjectFallbackFolders="$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: //')" \
    -p:RecurrentVersion="$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)" -p:OnnxRuntimeVersion="$(of Microsoft.ML.OnnxRuntime)" \
    -p:BaseIntermediateOutputPath="$work/obj/" -p:BaseOutputPath="$work/bin/"
