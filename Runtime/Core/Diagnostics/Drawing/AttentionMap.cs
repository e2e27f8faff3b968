using System;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// What a decoder looked at: a row for each symbol it put out, from the top, a column for each symbol of the source; the colour is the weight, 0 … 1.
    /// </summary>
    public sealed class AttentionMap : Panel
    {
        private readonly float[] _weights;
        private readonly string[] _target, _source;

        /// <summary>A map of weights.</summary>
        /// <param name="weights">Row after row: how step i of the target weighed step j of the source stands at i · source + j.</param>
        /// <param name="target">The symbols put out.</param>
        /// <param name="source">The symbols of the source.</param>
        /// <exception cref="ArgumentException">The weights are not target × source, or there are none.</exception>
        public AttentionMap(float[] weights, string[] target, string[] source)    // (target, source)
        {
            if (weights.Length == 0 || weights.Length != target.Length * source.Length)
                throw new ArgumentException($"AttentionMap: expected {target.Length} × {source.Length} weights, at least one, got {weights.Length}.", nameof(weights));
            _weights = weights;
            _target = target;
            _source = source;
        }

        /// <inheritdoc/>
        public override (int Left, int Right) MeasureSides(int width, int height, Skin skin)
            => (Math.Min(Widest(_target, skin), width / 3) + LabelGap * skin.Scale + TitleSide(RowTitle, skin), ColorBarSide(RangeOf(Scale), height, skin));

        /// <inheritdoc/>
        public override (int Above, int Below) MeasureEnds(int plotWidth, Skin skin)
            => (HeaderHeight(new Legend(), plotWidth, skin), (LabelGap + 1 + TitleGap) * skin.Scale + NamesBelow(plotWidth, skin) + skin.Font.CapHeight + 2 * skin.Font.Descent);

        /// <inheritdoc/>
        public override void Draw(StateCanvas canvas, PixelRect area, PixelRect plot, Skin skin)
        {
            DrawHeader(canvas, area, plot, new Legend(), skin);
            int s = skin.Scale, line = skin.Font.CapHeight + skin.Font.Descent, end = plot.X - LabelGap * s, room = end - area.X - TitleSide(RowTitle, skin), under = plot.Bottom + LabelGap * s;
            bool upright = IsUpright(plot.Width, skin);
            for (int row = 0; row < _target.Length; row++)
            {
                for (int column = 0; column < _source.Length; column++)
                {
                    PixelRect cell = Cell(plot, row, column);
                    int gap = Math.Min(cell.Width, cell.Height) >= 12 * s ? s : 0, index = Scale.IndexOf(_weights[row * _source.Length + column]);
                    canvas.FillRect(cell.Inset(0, 0, gap, gap), index < 0 ? skin.Hatch : Scale.Map[index]);
                }
                PixelRect first = Cell(plot, row, 0);
                if (first.Height >= line) canvas.Text(skin.Font, skin.Font.Shorten(_target[row], room), end, first.Y + (first.Height - skin.Font.CapHeight) / 2, skin.Text, 1f);
            }
            for (int column = 0; column < _source.Length; column++)
            {
                PixelRect cell = Cell(plot, 0, column);
                if (upright) canvas.Text(skin.Font, _source[column], cell.X + cell.Width / 2, under, skin.Text, 0.5f);
                else if (cell.Width >= line) canvas.TextUpwards(skin.Font, _source[column], cell.X + (cell.Width - skin.Font.CapHeight) / 2, under, skin.Text, 1f);
            }
            int title = under + TitleGap * s + NamesBelow(plot.Width, skin) + skin.Font.Descent;
            canvas.Text(skin.Font, "source", plot.X + plot.Width / 2, title, skin.MutedText, 0.5f);
            DrawTitleUpwards(canvas, area, plot, RowTitle, skin);
            DrawColorBar(canvas, plot, Scale, RangeOf(Scale), skin);
        }

        private const string RowTitle = "put out";

        private static ColorScale Scale { get; } = new ColorScale(ColorMap.Cividis, 0.0, 1.0);

        private PixelRect Cell(PixelRect plot, int row, int column) => PixelRect.FromEdges(
            plot.X + plot.Width * column / _source.Length, plot.Y + plot.Height * row / _target.Length,
            plot.X + plot.Width * (column + 1) / _source.Length, plot.Y + plot.Height * (row + 1) / _target.Length);

        private static int Widest(string[] names, Skin skin)
        {
            int widest = 0;
            foreach (string name in names) widest = Math.Max(widest, skin.Font.Measure(name));
            return widest;
        }

        private bool IsUpright(int plotWidth, Skin skin) => Widest(_source, skin) + 2 * skin.Scale <= plotWidth / _source.Length;

        private int NamesBelow(int plotWidth, Skin skin) => IsUpright(plotWidth, skin) ? skin.Font.CapHeight : Widest(_source, skin);
    }
}
