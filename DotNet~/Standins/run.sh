#!/usr/bin/env bash
# The kernels on stand-ins for Unity's backends, as markdown tables: Mono (Unity's scripting backend in the editor), NativeAOT (ahead of time, as
# IL2CPP is), and the loops of Burst's kernels through clang (of Burst's family). What is not installed is skipped.
#   NICE="nice -n -15" DotNet~/Standins/run.sh     as root, ahead of other processes
# Debian: mono-runtime, mono-devel (its netstandard.dll), clang; NativeAOT links with clang or gcc.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
out=$(cd .. && pwd)/artifacts/standins
mkdir -p "$out"

echo "## Mono"
if command -v mono > /dev/null; then
    dotnet build -c Release -v quiet -f netstandard2.1 Standins.csproj > "$out/build.log" || { cat "$out/build.log"; exit 1; }
    ${NICE:-} mono "$out/../bin/Standins/release_netstandard2.1/Standins.dll" || echo "Mono failed: it needs netstandard.dll (Debian: mono-devel)."
    echo
    echo "Kernels only: layers index ReadOnlySpan, and what compiles against netstandard2.1 does not find that indexer in Debian's Mono 6.8."
else
    echo "skipped: no mono"
fi

linker=$(command -v clang || command -v gcc || true)
for processor in "" native; do
    echo "## NativeAOT${processor:+ for this processor}"
    if [ -n "$linker" ] && dotnet publish -c Release -v quiet -f net10.0 -p:Ahead=true -p:IlcInstructionSet=$processor --use-current-runtime \
        --artifacts-path "$out/aot$processor" -p:CppCompilerAndLinker="$(basename "$linker")" Standins.csproj > "$out/aot.log" 2>&1; then
        ${NICE:-} "$out/aot$processor/publish/Standins/release_net10.0/Standins"
    else
        echo "skipped: no clang or gcc, or no ILCompiler; see $out/aot.log"
    fi
done

echo "## Burst's loops through clang"
if command -v clang++ > /dev/null; then
    dotnet build -c Release -v quiet -f net10.0 Standins.csproj > "$out/build.log" || { cat "$out/build.log"; exit 1; }
    # C# to C++: attributes and modifiers go, stackalloc becomes an array, a dot after a type two colons.
    translate() {
        sed -E -e '/^using /d' -e 's/\[MethodImpl\(.*AggressiveInlining\)\]/__attribute__((always_inline))/' -e '/^ *\[/d' \
            -e 's/^( *)internal static (unsafe )?class/\1struct/' -e 's/\b(public|private) (static|const)\b/static/' -e 's/\bstatic (int|float) (\w+) = (.*);/static constexpr \1 \2 = \3;/' \
            -e 's/float\* (\w+) = stackalloc float\[(.*)\];/float \1[\2];/' -e 's/\b(Nonlinearity|TanhFit|Panels)\./\1::/g' -e 's/^    \}$/    };/' "$1"
    }
    translate ../../Runtime/Burst/BurstLoops.cs > "$out/BurstLoops.inc"
    translate ../../Runtime/Core/Kernels/TanhFit.cs > "$out/TanhFit.inc"
    echo
    echo "| kernels | what | GFLOP/s: median (min–max) |"
    echo "|---|---|---|"
    for flags in "-O3" "-O3 -mavx2 -mfma"; do
        clang++ $flags -std=c++17 -ffp-contract=fast -shared -fPIC -I "$out" BurstLoops.cpp -o "$out/libburstloops.so"
        # No AVX in the caller: the upper halves that it leaves in use slow plain SSE code down three times.
        DOTNET_EnableAVX=0 LD_LIBRARY_PATH="$out" ${NICE:-} dotnet "$out/../bin/Standins/release_net10.0/Standins.dll" native | sed "s/^| Burst |/| clang $flags |/"
    done
else
    echo "skipped: no clang++"
fi
