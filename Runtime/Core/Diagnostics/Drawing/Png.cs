using System;
using System.IO;
using System.IO.Compression;

namespace Recurrent.Diagnostics
{
    /// <summary>Writes a canvas as a PNG file: 8 bits a channel, RGBA, not interlaced (W3C, Portable Network Graphics, third edition).</summary>
    public static class Png
    {
        /// <summary>The whole file as bytes.</summary>
        public static byte[] Encode(StateCanvas canvas)
        {
            using var file = new MemoryStream();
            Write(canvas, file);
            return file.ToArray();
        }

        /// <summary>Writes the file to a stream, which stays open.</summary>
        public static void Write(StateCanvas canvas, Stream destination)
        {
            destination.Write(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10 }, 0, 8);

            var header = new byte[13];
            PutBigEndian(header, 0, (uint)canvas.Width);
            PutBigEndian(header, 4, (uint)canvas.Height);
            header[8] = 8;    // bits a channel
            header[9] = 6;    // RGBA
            WriteChunk(destination, "IHDR", header);
            WriteChunk(destination, "IDAT", Compress(canvas));
            WriteChunk(destination, "IEND", Array.Empty<byte>());
        }

        private static byte[] Compress(StateCanvas canvas)
        {
            using var data = new MemoryStream();
            data.WriteByte(0x78);    // zlib (RFC 1950): deflate, a window of 32 KiB
            data.WriteByte(0x9C);    // default level; makes the header a multiple of 31

            int rowBytes = canvas.Width * 4;
            var above = new byte[rowBytes];
            var row = new byte[rowBytes];
            var plain = new byte[rowBytes + 1];
            var filtered = new byte[rowBytes + 1];
            uint a = 1, b = 0;    // Adler-32 of what is compressed
            using (var deflate = new DeflateStream(data, CompressionLevel.Optimal, leaveOpen: true))
            {
                for (int y = 0; y < canvas.Height; y++)
                {
                    for (int x = 0; x < canvas.Width; x++)
                    {
                        uint pixel = canvas.Pixels[y * canvas.Width + x];
                        row[4 * x] = (byte)pixel;
                        row[4 * x + 1] = (byte)(pixel >> 8);
                        row[4 * x + 2] = (byte)(pixel >> 16);
                        row[4 * x + 3] = (byte)(pixel >> 24);
                    }
                    byte[] line = Filter(row, above, plain, filtered);
                    deflate.Write(line, 0, line.Length);
                    foreach (byte value in line)
                    {
                        a = (a + value) % 65521;
                        b = (b + a) % 65521;
                    }
                    (above, row) = (row, above);
                }
            }
            var sum = new byte[4];
            PutBigEndian(sum, 0, b << 16 | a);
            data.Write(sum, 0, 4);
            return data.ToArray();
        }

        // A chart's rows repeat the row above or hold long runs of one colour. "Up" turns the first kind into zeros; "None" keeps the runs
        // of the second. The choice is the one of fewer changes from byte to byte, which is what deflate has to write down.
        private static byte[] Filter(byte[] row, byte[] above, byte[] plain, byte[] filtered)
        {
            plain[0] = 0;
            filtered[0] = 2;
            int plainChanges = 0, filteredChanges = 0;
            for (int i = 0; i < row.Length; i++)
            {
                plain[i + 1] = row[i];
                filtered[i + 1] = (byte)(row[i] - above[i]);
                if (i < 4) continue;
                if (plain[i + 1] != plain[i - 3]) plainChanges++;
                if (filtered[i + 1] != filtered[i - 3]) filteredChanges++;
            }
            return filteredChanges <= plainChanges ? filtered : plain;
        }

        private static void WriteChunk(Stream destination, string type, byte[] data)
        {
            var bytes = new byte[data.Length + 12];
            PutBigEndian(bytes, 0, (uint)data.Length);
            for (int i = 0; i < 4; i++) bytes[4 + i] = (byte)type[i];
            data.CopyTo(bytes, 8);
            PutBigEndian(bytes, 8 + data.Length, Crc32.Of(bytes.AsSpan(4, 4 + data.Length)));
            destination.Write(bytes, 0, bytes.Length);
        }

        private static void PutBigEndian(byte[] bytes, int at, uint value)
        {
            bytes[at] = (byte)(value >> 24);
            bytes[at + 1] = (byte)(value >> 16);
            bytes[at + 2] = (byte)(value >> 8);
            bytes[at + 3] = (byte)value;
        }
    }
}
