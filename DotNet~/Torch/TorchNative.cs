using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Recurrent.Torch
{
    /// <summary>
    /// Loads TorchSharp's native library, on systems older than its compiler too. TorchSharp 0.107's libLibTorchSharp.so demands
    /// libstdc++'s symbol version GLIBCXX_3.4.32 (GCC 13), though nothing in it is called through a symbol of that version: the header
    /// &lt;iostream&gt; alone leaves the demand. Where a system's libstdc++ is older (Debian 12), the copy in the output folder gets that one
    /// demand marked as weak, which the dynamic loader then passes over.
    /// </summary>
    internal static class TorchNative
    {
        private const string Demand = "GLIBCXX_3.4.32";

        /// <summary>To be called once, before anything of TorchSharp is touched.</summary>
        /// <exception cref="DllNotFoundException">The library cannot be loaded here at all; the message says why.</exception>
        public static void Load()
        {
            if (!OperatingSystem.IsLinux()) return;
            string path = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
            try
            {
                NativeLibrary.Load(path);
            }
            catch (DllNotFoundException refusal) when (refusal.Message.Contains(Demand))
            {
                byte[] library = File.ReadAllBytes(path);
                WeakenDemand(library);
                string patched = path + ".patched";
                File.WriteAllBytes(patched, library);
                File.Move(patched, path, overwrite: true);
                NativeLibrary.Load(path);
            }
        }

        /// <summary>Walks program headers → dynamic section → needed versions (the ELF-64 layout, little-endian; see elf(5)).</summary>
        private static void WeakenDemand(Span<byte> elf)
        {
            const uint loadSegment = 1, dynamicSegment = 2;
            const ulong stringTable = 5, neededVersions = 0x6ffffffe;
            const ushort weak = 2;

            int headers = (int)Word64(elf, 0x20), headerSize = Word16(elf, 0x36), headerCount = Word16(elf, 0x38);
            int strings = 0, needed = 0;
            for (int p = headers; p < headers + headerCount * headerSize; p += headerSize)
            {
                if (Word32(elf, p) != dynamicSegment) continue;
                for (int entry = (int)Word64(elf, p + 8); Word64(elf, entry) != 0; entry += 16)
                {
                    ulong tag = Word64(elf, entry), address = Word64(elf, entry + 8);
                    if (tag == stringTable) strings = FileOffset(elf, address);
                    if (tag == neededVersions) needed = FileOffset(elf, address);
                }
            }
            if (strings == 0 || needed == 0) return;

            ReadOnlySpan<byte> name = Encoding.ASCII.GetBytes(Demand + "\0");
            for (int library = needed, next; ; library += next)
            {
                int version = library + (int)Word32(elf, library + 8);
                for (int left = Word16(elf, library + 2); left > 0; left--)
                {
                    if (elf.Slice(strings + (int)Word32(elf, version + 8)).StartsWith(name))
                        BinaryPrimitives.WriteUInt16LittleEndian(elf.Slice(version + 4), (ushort)(Word16(elf, version + 4) | weak));
                    version += (int)Word32(elf, version + 12);
                }
                next = (int)Word32(elf, library + 12);
                if (next == 0) return;
            }

            int FileOffset(Span<byte> file, ulong address)
            {
                for (int p = headers; p < headers + headerCount * headerSize; p += headerSize)
                {
                    ulong start = Word64(file, p + 16);
                    if (Word32(file, p) == loadSegment && address >= start && address < start + Word64(file, p + 32))
                        return (int)(Word64(file, p + 8) + address - start);
                }
                return 0;
            }
        }

        private static ushort Word16(Span<byte> file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.Slice(at));
        private static uint Word32(Span<byte> file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file.Slice(at));
        private static ulong Word64(Span<byte> file, int at) => BinaryPrimitives.ReadUInt64LittleEndian(file.Slice(at));
    }
}
