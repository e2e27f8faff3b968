using System;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// One strip of a viewer's picture, from the left edge of time to the right. What it paints of a step depends on the steps alone, not on what was painted before, so that
    /// a picture that grew column by column is the picture that is painted at once.
    /// </summary>
    internal abstract class Lane
    {
        // Pixels that a line or a marker may reach beyond the columns of its step.
        public const int Reach = 8;

        /// <summary>What is folded and found again by it: "h", "f", "probes".</summary>
        public string Name { get; protected set; } = "";

        /// <summary>How much of the height it gets that the lanes of fixed height leave.</summary>
        public float Weight { get; set; } = 1;

        /// <summary>A fixed height in design units; 0 for a share of what is left.</summary>
        public int Height { get; set; }

        /// <summary>Rises when all of it has to be painted again, such as when its scale changed.</summary>
        public int Version { get; protected set; }

        /// <summary>Whether steps of a step's neighbourhood reach into its columns.</summary>
        public virtual bool IsDrawn => false;

        /// <summary>How many steps back numbers may still change: of a forecaster the truth becomes known as far later as it forecasts ahead.</summary>
        public virtual int Late => 0;

        /// <summary>Takes in the steps from <paramref name="from"/> on.</summary>
        public virtual void Update(long from)
        {
        }

        /// <summary>Fits scales anew to the steps that are there.</summary>
        public virtual void Fit()
        {
        }

        /// <summary>Paints columns <paramref name="from"/> … <paramref name="to"/> − 1, which the canvas is clipped to; the lane is <paramref name="area"/>.</summary>
        public abstract void Paint(StateCanvas canvas, PixelRect area, in StepColumns columns, long from, long to, Skin skin);

        /// <summary>Writes what stands beside the lane and does not change from step to step.</summary>
        public virtual void PaintSides(StateCanvas canvas, PixelRect left, PixelRect area, PixelRect right, Skin skin)
        {
        }

        /// <summary>Writes at the right what does.</summary>
        public virtual void PaintReadings(StateCanvas canvas, PixelRect right, in StepColumns columns, long playhead, Skin skin)
        {
        }

        /// <summary>What number lies at row <paramref name="y"/> of the canvas at a step that is there.</summary>
        public virtual bool Read(PixelRect area, int y, long step, Skin skin, out StateReading reading)
        {
            reading = default;
            return false;
        }

        private protected static void WriteName(StateCanvas canvas, PixelRect left, string name, string below, Skin skin)
        {
            int s = skin.Scale, line = skin.Font.LineHeight, x = left.X + 12 * s;
            bool two = below.Length > 0 && left.Height >= line + skin.Font.CapHeight + skin.Font.Descent;
            int y = left.Y + Math.Max(0, (left.Height - skin.Font.CapHeight - (two ? line : 0)) / 2);
            canvas.Text(skin.TitleFont, skin.TitleFont.Shorten(name, left.Width - 16 * s), x, y, skin.Text);
            if (two) canvas.Text(skin.Font, skin.Font.Shorten(below, left.Width - 16 * s), x, y + line, skin.MutedText);
        }
    }
}
