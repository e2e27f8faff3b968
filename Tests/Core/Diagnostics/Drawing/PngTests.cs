using System;
using System.IO;
using System.IO.Compression;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class PngTests
    {
        // A reader for what any PNG writer of 8-bit RGBA may write: all five filters, chunks split anywhere; every checksum is verified.
        private static StateCanvas Decode(byte[] file)
        {
            Assert.That(new ReadOnlySpan<byte>(file, 0, 8).ToArray(), Is.EqualTo(new byte[] { 137, 80, 78, 71, 13, 10, 26, 10 }));
            int at = 8;
            StateCanvas? canvas = null;
            using var data = new MemoryStream();
            string type;
            do
            {
                int length = (int)BigEndian(file, at);
                type = System.Text.Encoding.ASCII.GetString(file, at + 4, 4);
                Assert.That(BigEndian(file, at + 8 + length), Is.EqualTo(Crc(file, at + 4, length + 4)), "CRC of " + type);
                if (type == "IHDR")
                {
                    canvas = new StateCanvas((int)BigEndian(file, at + 8), (int)BigEndian(file, at + 12));
                    Assert.That(new ReadOnlySpan<byte>(file, at + 16, 5).ToArray(), Is.EqualTo(new byte[] { 8, 6, 0, 0, 0 }));
                }
                if (type == "IDAT") data.Write(file, at + 8, length);
                at += 12 + length;
            }
            while (type != "IEND");
            Assert.That(at, Is.EqualTo(file.Length));

            byte[] zlib = data.ToArray();
            Assert.That((zlib[0] * 256 + zlib[1]) % 31, Is.EqualTo(0));
            Assert.That(zlib[0] & 15, Is.EqualTo(8));
            using var plain = new MemoryStream();
            using (var inflate = new DeflateStream(new MemoryStream(zlib, 2, zlib.Length - 6), CompressionMode.Decompress)) inflate.CopyTo(plain);
            byte[] lines = plain.ToArray();
            Assert.That(BigEndian(zlib, zlib.Length - 4), Is.EqualTo(Adler(lines)), "Adler-32");

            int width = canvas!.Width * 4;
            Assert.That(lines.Length, Is.EqualTo((width + 1) * canvas.Height));
            var above = new byte[width];
            for (int y = 0; y < canvas.Height; y++)
            {
                var row = new byte[width];
                int start = y * (width + 1);
                for (int i = 0; i < width; i++)
                {
                    int a = i < 4 ? 0 : row[i - 4], b = above[i], c = i < 4 ? 0 : above[i - 4], p = a + b - c;
                    int paeth = Math.Abs(p - a) <= Math.Abs(p - b) && Math.Abs(p - a) <= Math.Abs(p - c) ? a : Math.Abs(p - b) <= Math.Abs(p - c) ? b : c;
                    int guess = lines[start] switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, 4 => paeth, _ => throw new AssertionException("filter " + lines[start]) };
                    row[i] = (byte)(lines[start + 1 + i] + guess);
                }
                for (int x = 0; x < canvas.Width; x++) canvas.Pixels[y * canvas.Width + x] = BitConverter.ToUInt32(row, 4 * x);
                above = row;
            }
            return canvas;
        }

        private static uint BigEndian(byte[] bytes, int at) => (uint)(bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3]);

        private static uint Crc(byte[] bytes, int at, int count)
        {
            uint crc = uint.MaxValue;
            for (int i = at; i < at + count; i++)
            {
                crc ^= bytes[i];
                for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
            }
            return ~crc;
        }

        private static uint Adler(byte[] bytes)
        {
            uint a = 1, b = 0;
            foreach (byte value in bytes) (a, b) = ((a + value) % 65521, (a + value + b) % 65521);
            return b << 16 | a;
        }

        [TestCase(1, 1)]
        [TestCase(3, 1)]
        [TestCase(1, 7)]
        [TestCase(257, 31)]
        public void Random_pixels_come_back_as_they_were(int width, int height)
        {
            var random = new RandomSource((ulong)(width * 1000 + height));
            var canvas = new StateCanvas(width, height);
            for (int i = 0; i < canvas.Pixels.Length; i++) canvas.Pixels[i] = (uint)random.NextUInt64();
            StateCanvas decoded = Decode(Png.Encode(canvas));
            Assert.That((decoded.Width, decoded.Height), Is.EqualTo((width, height)));
            Assert.That(decoded.Pixels, Is.EqualTo(canvas.Pixels));
        }

        [Test]
        public void A_chart_comes_back_as_it_was_and_is_small()
        {
            var loss = new float[100];
            for (int i = 0; i < loss.Length; i++) loss[i] = 1f / (i + 1);
            var chart = new LineChart(Axis.Counting("epoch", 1, 100), Axis.Fit("loss", loss)) { Title = "Loss" }.Add(new LineSeries("training", loss));
            var canvas = new StateCanvas(400, 240);
            canvas.Clear(Skin.Dark.Background);
            chart.Draw(canvas, canvas.Bounds, Skin.Dark);
            byte[] file = Png.Encode(canvas);
            Assert.That(Decode(file).Pixels, Is.EqualTo(canvas.Pixels));
            Assert.That(file.Length, Is.LessThan(20_000));    // 384,000 bytes of pixels
        }

        [Test]
        public void The_stream_stays_open()
        {
            using var stream = new MemoryStream();
            var canvas = new StateCanvas(2, 2);
            Png.Write(canvas, stream);
            long one = stream.Length;
            Png.Write(canvas, stream);
            Assert.That(stream.Length, Is.EqualTo(2 * one));
        }
    }
}
