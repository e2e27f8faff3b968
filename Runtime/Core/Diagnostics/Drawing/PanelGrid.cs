using System;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// Panels in rows and columns under one heading. The data areas of a column share their left and right edges, those of a row their
    /// top and bottom; what is left of the picture after all titles and axes is shared out by weight.
    /// </summary>
    public sealed class PanelGrid
    {
        private const int Padding = 16, ColumnGap = 26, RowGap = 12, HeadingHeight = 19;    // in design units

        private readonly Panel?[,] _panels;

        /// <summary>The heading, in bold; empty for none.</summary>
        public string Title { get; set; } = "";

        /// <summary>A line under the heading: what was run, with its figures; empty for none.</summary>
        public string Subtitle { get; set; } = "";

        /// <summary>How much of the height the data area of each row gets.</summary>
        public float[] RowWeights { get; }

        /// <summary>How much of the width the data area of each column gets.</summary>
        public float[] ColumnWeights { get; }

        /// <summary>An empty grid whose rows and columns weigh the same.</summary>
        public PanelGrid(int rows, int columns)
        {
            _panels = new Panel?[rows, columns];
            RowWeights = new float[rows];
            ColumnWeights = new float[columns];
            Array.Fill(RowWeights, 1f);
            Array.Fill(ColumnWeights, 1f);
        }

        /// <summary>The panel of a cell; null leaves it empty.</summary>
        public Panel? this[int row, int column]
        {
            get => _panels[row, column];
            set => _panels[row, column] = value;
        }

        /// <summary>A picture of the given size in pixels.</summary>
        public StateCanvas Draw(int width, int height, Skin skin)
        {
            var canvas = new StateCanvas(width, height);
            canvas.Clear(skin.Background);
            Draw(canvas, canvas.Bounds, skin);
            return canvas;
        }

        /// <summary>Draws heading and panels into an area.</summary>
        public void Draw(StateCanvas canvas, PixelRect area, Skin skin)
        {
            int s = skin.Scale;
            area = area.Inset(Padding * s);
            if (Title.Length > 0)
            {
                canvas.Text(skin.TitleFont, skin.TitleFont.Shorten(Title, area.Width), area.X, area.Y, skin.Text);
                area = area.Inset(0, HeadingHeight * s, 0, 0);
            }
            if (Subtitle.Length > 0)
            {
                canvas.Text(skin.Font, skin.Font.Shorten(Subtitle, area.Width), area.X, area.Y, skin.MutedText);
                area = area.Inset(0, HeadingHeight * s, 0, 0);
            }
            if (Title.Length > 0 || Subtitle.Length > 0) area = area.Inset(0, 8 * s, 0, 0);

            int rows = RowWeights.Length, columns = ColumnWeights.Length;
            var left = new int[columns];
            var right = new int[columns];
            var above = new int[rows];
            var below = new int[rows];
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    if (!(_panels[row, column] is Panel panel)) continue;
                    (int l, int r) = panel.MeasureSides(area.Width / columns, area.Height / rows, skin);
                    left[column] = Math.Max(left[column], l);
                    right[column] = Math.Max(right[column], r);
                }
            }
            int[] widths = Share(area.Width - (columns - 1) * ColumnGap * s, left, right, ColumnWeights);
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    if (!(_panels[row, column] is Panel panel)) continue;
                    (int a, int b) = panel.MeasureEnds(widths[column], skin);
                    above[row] = Math.Max(above[row], a);
                    below[row] = Math.Max(below[row], b);
                }
            }
            int[] heights = Share(area.Height - (rows - 1) * RowGap * s, above, below, RowWeights);

            int y = area.Y;
            for (int row = 0; row < rows; row++)
            {
                int x = area.X;
                for (int column = 0; column < columns; column++)
                {
                    var cell = new PixelRect(x, y, left[column] + widths[column] + right[column], above[row] + heights[row] + below[row]);
                    PixelRect plot = cell.Inset(left[column], above[row], right[column], below[row]);
                    if (!plot.IsEmpty) _panels[row, column]?.Draw(canvas, cell, plot, skin);
                    x = cell.Right + ColumnGap * s;
                }
                y += above[row] + heights[row] + below[row] + RowGap * s;
            }
        }

        private static int[] Share(int space, int[] before, int[] after, float[] weights)
        {
            float sum = 0f;
            for (int i = 0; i < weights.Length; i++)
            {
                space -= before[i] + after[i];
                sum += weights[i];
            }
            return Array.ConvertAll(weights, weight => Math.Max(0, (int)(space * weight / sum)));
        }
    }
}
