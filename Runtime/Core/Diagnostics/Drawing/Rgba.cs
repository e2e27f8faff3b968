using System;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>A colour of 8 bits a channel, sRGB, alpha not premultiplied. <see cref="Packed"/> is the form in which <see cref="StateCanvas.Pixels"/> keeps it.</summary>
    public readonly struct Rgba : IEquatable<Rgba>
    {
        /// <summary>Red in bits 0–7, green in 8–15, blue in 16–23, alpha in 24–31: on a little-endian machine the bytes lie in memory as R, G, B, A.</summary>
        public uint Packed { get; }

        /// <summary>A colour from its packed form.</summary>
        public Rgba(uint packed) => Packed = packed;

        /// <summary>A colour from its channels, opaque when no alpha is given.</summary>
        public Rgba(byte r, byte g, byte b, byte a = 255) => Packed = r | (uint)g << 8 | (uint)b << 16 | (uint)a << 24;

        /// <summary>Red, 0–255.</summary>
        public byte R => (byte)Packed;

        /// <summary>Green, 0–255.</summary>
        public byte G => (byte)(Packed >> 8);

        /// <summary>Blue, 0–255.</summary>
        public byte B => (byte)(Packed >> 16);

        /// <summary>Opacity, 0–255.</summary>
        public byte A => (byte)(Packed >> 24);

        /// <summary>An opaque colour from 0xRRGGBB, as style sheets write it.</summary>
        public static Rgba FromRgb(int rgb) => new Rgba((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);

        /// <summary>The same colour with another opacity, 0–1.</summary>
        public Rgba WithOpacity(float opacity) => new Rgba(R, G, B, (byte)(Math.Min(1f, Math.Max(0f, opacity)) * 255f + 0.5f));

        /// <summary>The colour a share of the way towards <paramref name="other"/>, channel by channel; a share of 0 is this colour, 1 the other.</summary>
        public Rgba Mix(Rgba other, float share)
        {
            int weight = (int)(Math.Min(1f, Math.Max(0f, share)) * 256f);
            byte Blend(byte from, byte to) => (byte)(from + ((to - from) * weight + 128 >> 8));
            return new Rgba(Blend(R, other.R), Blend(G, other.G), Blend(B, other.B), Blend(A, other.A));
        }

        /// <summary>How light the colour looks: relative luminance (WCAG 2.1) of its opaque form, 0 for black, 1 for white.</summary>
        public double Luminance()
        {
            static double Linear(byte channel)
            {
                double value = channel / 255.0;
                return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
            }
            return 0.2126 * Linear(R) + 0.7152 * Linear(G) + 0.0722 * Linear(B);
        }

        /// <summary>The contrast between two colours as WCAG 2.1 defines it, 1 (equal) to 21 (black on white).</summary>
        public static double Contrast(Rgba a, Rgba b)
        {
            double la = a.Luminance(), lb = b.Luminance();
            return (Math.Max(la, lb) + 0.05) / (Math.Min(la, lb) + 0.05);
        }

        /// <summary>Whether all four channels are equal.</summary>
        public bool Equals(Rgba other) => Packed == other.Packed;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Rgba other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => (int)Packed;

        /// <summary>Whether all four channels are equal.</summary>
        public static bool operator ==(Rgba a, Rgba b) => a.Packed == b.Packed;

        /// <summary>Whether any channel differs.</summary>
        public static bool operator !=(Rgba a, Rgba b) => a.Packed != b.Packed;

        /// <summary>The colour as #RRGGBBAA.</summary>
        public override string ToString() => string.Format(CultureInfo.InvariantCulture, "#{0:X2}{1:X2}{2:X2}{3:X2}", R, G, B, A);
    }
}
