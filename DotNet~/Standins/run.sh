#!/usr/bin/env bash
# Stand-ins for Unity's backends, as markdown tables: Mono (Unity's scripting backend in the editor), NativeAOT (ahead of time, as IL2CPP is), and the loops of
# Burst's kernels through clang (of Burst's family). What is not installed is skipped.
#   DotNet~/Standins/run.sh                        all of it
#   DotNet~/Standins/run.sh journey                only what a game does, compared bit by bit with .NET's JIT
#   NICE="nice -n -15" DotNet~/Standins/run.sh     as root, ahead of other processes
# Debian: mono-runtime, mono-devel (its netstandard.dll), clang; NativeAOT links with clang or gcc.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
what=${1:-all}
out=$(cd .. && pwd)/artifacts/standins
rm -rf "$out/mono" && mkdir -p "$out/mono"

quietly() { "$@" > "$out/build.log" 2>&1 || { cat "$out/build.log"; exit 1; }; }
quietly dotnet build -c Release -v quiet Standins.csproj
jit=$out/../bin/Standins/release_net10.0/Standins.dll

if command -v mono > /dev/null; then
    # The assemblies as Unity compiles them, against netstandard2.1, with the one change that Debian's Mono needs.
    quietly dotnet build -c Release -v quiet SpansOfMono/SpansOfMono.csproj
    cp "$out"/../bin/Standins/release_netstandard2.1/*.dll "$out/mono"
    quietly dotnet "$out/../bin/SpansOfMono/release/SpansOfMono.dll" "$out/mono/Recurrent.dll" "$out/mono/Standins.dll"
fi

linker=$(command -v clang || command -v gcc || true)
for processor in "" native; do
    rm -rf "$out/aot$processor"
    if [ -n "$linker" ]; then
        # A warning about trimming or about code made at run time fails the publish.
        dotnet publish -c Release -v quiet -f net10.0 -p:Ahead=true -p:IlcInstructionSet=$processor --use-current-runtime --artifacts-path "$out/aot$processor" \
            -p:CppCompilerAndLinker="$(basename "$linker")" Standins.csproj > "$out/aot$processor.log" 2>&1 || rm -rf "$out/aot$processor"
    fi
done
ahead() { echo "$out/aot$1/publish/Standins/release_net10.0/Standins"; }

echo "## What a game does: trains, saves, loads, exports, imports, learns on a thread, classifies, records, draws"
echo
echo "| platform | kernels | results | the same bits as .NET's JIT |"
echo "|---|---|---|---|"
# One platform: its name, then how the program is started.
journey() {
    local name=$1 lines same
    shift
    "$@" journey > "$out/journey.txt" || true
    for kernels in $(cut -d: -f1 "$out/journey.txt" | uniq); do
        grep "^$kernels: " "$out/journey.txt" > "$out/these.txt"
        lines=$(wc -l < "$out/these.txt")
        same=$(grep -cxFf "$out/journey-jit.txt" "$out/these.txt" || true)
        echo "| $name | $kernels | $lines | $same |"
    done
    grep " fails: " "$out/journey.txt" | sed "s/^/- $name: /" >> "$out/failures.txt" || true
}
rm -f "$out/failures.txt"
dotnet "$jit" journey > "$out/journey-jit.txt"
journey ".NET, JIT" dotnet "$jit"
for processor in "" native; do
    [ ! -x "$(ahead "$processor")" ] || journey "NativeAOT${processor:+, for this processor}" "$(ahead "$processor")"
done
[ ! -d "$out/mono" ] || ! command -v mono > /dev/null || journey "Mono (Debian's)" mono "$out/mono/Standins.dll"
echo
[ ! -s "$out/failures.txt" ] || cat "$out/failures.txt"
for processor in "" native; do
    [ -z "$linker" ] || [ ! -x "$(ahead "$processor")" ] || echo "NativeAOT${processor:+, for this processor}: published with $(grep -c "warning" "$out/aot$processor.log" || true) warnings, $(stat -c %s "$(ahead "$processor")") bytes."
    [ -x "$(ahead "$processor")" ] || echo "NativeAOT${processor:+, for this processor}: skipped, no clang or gcc, or no ILCompiler; see $out/aot$processor.log"
done
command -v mono > /dev/null && mono --version | head -n 1 || echo "Mono: skipped, not installed"
[ "$what" = all ] || exit 0

echo
echo "## How fast the kernels are"
command -v mono > /dev/null && { ${NICE:-} mono "$out/mono/Standins.dll" || echo "Mono failed: it needs netstandard.dll (Debian: mono-devel)."; }
for processor in "" native; do
    [ ! -x "$(ahead "$processor")" ] || { echo; echo "NativeAOT${processor:+, for this processor}"; ${NICE:-} "$(ahead "$processor")"; }
done

echo
echo "### Burst's loops through clang"
if command -v clang++ > /dev/null; then
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
        DOTNET_EnableAVX=0 LD_LIBRARY_PATH="$out" ${NICE:-} dotnet "$jit" native | sed "s/^| Burst |/| clang $flags |/"
    done
else
    echo "skipped: no clang++"
fi
