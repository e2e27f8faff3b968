using System;

namespace Recurrent.Diagnostics
{
    /// <summary>The colours and the pixel density that pictures are drawn with: <see cref="Light"/> for paper and web pages, <see cref="Dark"/> for the editor's dark skin.</summary>
    public sealed class Skin
    {
        private static readonly float[][] DashPatterns =
        {
            Array.Empty<float>(), new[] { 7f, 4f }, new[] { 1.5f, 3.5f }, new[] { 9f, 3.5f, 1.5f, 3.5f }, new[] { 14f, 4f }, new[] { 4f, 3f }, new[] { 9f, 3.5f, 1.5f, 3.5f, 1.5f, 3.5f },
        };

        // Okabe and Ito, "Color Universal Design" (2008), in the order in which they stand out from the ground.
        private static readonly Rgba Orange = Rgba.FromRgb(0xE69F00), SkyBlue = Rgba.FromRgb(0x56B4E9), Green = Rgba.FromRgb(0x009E73), Yellow = Rgba.FromRgb(0xF0E442),
            Blue = Rgba.FromRgb(0x0072B2), Vermilion = Rgba.FromRgb(0xD55E00), Purple = Rgba.FromRgb(0xCC79A7);

        private readonly Rgba[] _lines;
        private readonly Skin?[] _atScale;    // shared by all densities of the same colours

        /// <summary>Dark ink on white.</summary>
        public static readonly Skin Light = new Skin(false, ColorMap.Vik, 1, new[] { Blue, Vermilion, Green, Purple, Orange, SkyBlue, Rgba.FromRgb(0x000000) },
            background: 0xFFFFFF, text: 0x1C1E21, mutedText: 0x5F6368, axis: 0x80868B, grid: 0xE8EAED, empty: 0xF1F3F4, truth: 0x3C4043);

        /// <summary>Light ink on near-black.</summary>
        public static readonly Skin Dark = new Skin(true, ColorMap.Berlin, 1, new[] { SkyBlue, Orange, Green, Purple, Yellow, Vermilion, Rgba.FromRgb(0xFFFFFF) },
            background: 0x1E1F22, text: 0xE8EAED, mutedText: 0x9AA0A6, axis: 0x80868B, grid: 0x35373B, empty: 0x2A2B2F, truth: 0xD2D5DA);

        /// <summary>Whether the ground is dark.</summary>
        public bool IsDark { get; }

        /// <summary>Pixels of a design unit: text, gaps and line widths grow with it. 2 for screens of twice the density and for pictures that are shown at half size.</summary>
        public int Scale { get; }

        /// <summary>The map for signed values, whose middle is close to the ground: <see cref="ColorMap.Vik"/> on light, <see cref="ColorMap.Berlin"/> on dark.</summary>
        public ColorMap Diverging { get; }

        /// <summary>The ground of the picture.</summary>
        public Rgba Background { get; }

        /// <summary>Titles and legends.</summary>
        public Rgba Text { get; }

        /// <summary>Axis labels and notes.</summary>
        public Rgba MutedText { get; }

        /// <summary>Axis lines and tick marks.</summary>
        public Rgba Axis { get; }

        /// <summary>Grid lines behind the data.</summary>
        public Rgba Grid { get; }

        /// <summary>Where there is no data yet.</summary>
        public Rgba Empty { get; }

        /// <summary>The line of what really happened, beside predictions in the line colours.</summary>
        public Rgba Truth { get; }

        /// <summary>The stripes that mean "not a number", on <see cref="Empty"/>.</summary>
        public Rgba Hatch => MutedText;

        /// <summary>The font of labels.</summary>
        public BitmapFont Font { get; }

        /// <summary>The font of titles.</summary>
        public BitmapFont TitleFont { get; }

        private Skin(bool isDark, ColorMap diverging, int scale, Rgba[] lines, int background, int text, int mutedText, int axis, int grid, int empty, int truth)
            : this(isDark, diverging, scale, lines, Rgba.FromRgb(background), Rgba.FromRgb(text), Rgba.FromRgb(mutedText), Rgba.FromRgb(axis),
                Rgba.FromRgb(grid), Rgba.FromRgb(empty), Rgba.FromRgb(truth), new Skin?[BitmapFont.MaxScale + 1])
        { }

        private Skin(bool isDark, ColorMap diverging, int scale, Rgba[] lines, Rgba background, Rgba text, Rgba mutedText, Rgba axis, Rgba grid, Rgba empty, Rgba truth, Skin?[] atScale)
        {
            IsDark = isDark;
            Diverging = diverging;
            Scale = scale;
            _lines = lines;
            Background = background;
            Text = text;
            MutedText = mutedText;
            Axis = axis;
            Grid = grid;
            Empty = empty;
            Truth = truth;
            Font = BitmapFont.Get(scale);
            TitleFont = BitmapFont.Get(scale, bold: true);
            _atScale = atScale;
            _atScale[scale] = this;
        }

        /// <summary>The same colours at another pixel density.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The scale is outside 1 … <see cref="BitmapFont.MaxScale"/>.</exception>
        public Skin WithScale(int scale)
        {
            if (scale < 1 || scale > BitmapFont.MaxScale) throw new ArgumentOutOfRangeException(nameof(scale), $"Skin: expected a scale of 1 to {BitmapFont.MaxScale}, got {scale}.");
            return _atScale[scale] ?? new Skin(IsDark, Diverging, scale, _lines, Background, Text, MutedText, Axis, Grid, Empty, Truth, _atScale);
        }

        /// <summary>The colour of the n-th curve of a chart, from 0; after seven they begin again.</summary>
        public Rgba LineColor(int index) => _lines[index % _lines.Length];

        /// <summary>The dashes of the n-th curve of a chart, from 0 (solid), in design units, so that curves can be told apart without colour.</summary>
        public static float[] LineDashes(int index) => DashPatterns[index % DashPatterns.Length];
    }
}
