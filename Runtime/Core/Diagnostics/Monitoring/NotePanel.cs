namespace Recurrent.Diagnostics
{
    /// <summary>A panel that has nothing to show yet, and says why.</summary>
    internal sealed class NotePanel : Panel
    {
        private readonly string _note;

        public NotePanel(string title, string note)
        {
            Title = title;
            _note = note;
        }

        public override (int Left, int Right) MeasureSides(int width, int height, Skin skin) => (0, 0);

        public override (int Above, int Below) MeasureEnds(int plotWidth, Skin skin) => (HeaderHeight(new Legend(), plotWidth, skin), 0);

        public override void Draw(StateCanvas canvas, PixelRect area, PixelRect plot, Skin skin)
        {
            DrawHeader(canvas, area, plot, new Legend(), skin);
            canvas.FillRect(plot, skin.Empty);
            canvas.Text(skin.Font, skin.Font.Shorten(_note, plot.Width - 16 * skin.Scale), plot.X + plot.Width / 2, plot.Y + (plot.Height - skin.Font.CapHeight) / 2, skin.MutedText, 0.5f);
        }
    }
}
