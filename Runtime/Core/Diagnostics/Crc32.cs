using System;

namespace Recurrent.Diagnostics
{
    /// <summary>The check sum of PNG, zip and recordings (ISO 3309, polynomial 0xEDB88320).</summary>
    internal static class Crc32
    {
        private static readonly uint[] Table = MakeTable();

        public static uint Of(ReadOnlySpan<byte> bytes) => ~Continue(0xFFFFFFFF, bytes);

        /// <summary>That of two pieces, one after the other.</summary>
        public static uint Of(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> more) => ~Continue(Continue(0xFFFFFFFF, bytes), more);

        private static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
        {
            foreach (byte value in bytes) crc = Table[(crc ^ value) & 0xFF] ^ (crc >> 8);
            return crc;
        }

        private static uint[] MakeTable()
        {
            var table = new uint[256];
            for (uint n = 0; n < 256; n++)
            {
                uint crc = n;
                for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
                table[n] = crc;
            }
            return table;
        }
    }
}
