using System;

namespace Recurrent.Diagnostics
{
    /// <summary>Where a tab's picture stands: panels with axes of their own, or the words that stand in their place.</summary>
    internal sealed class PictureLane : Lane
    {
        private StateViewPicture? _picture;
        private string _words = "";
        private long _playhead = -1;

        public PictureLane(string name, string words)
        {
            Name = name;
            Show(null, words);
        }

        /// <summary>What is written while there is no picture.</summary>
        public string Words => _picture == null ? _words : "";

        public void Show(StateViewPicture? picture, string words = "")
        {
            _picture = picture;
            _words = words;
            Version++;
        }

        /// <summary>Marks the playhead in the picture.</summary>
        public void MoveTo(long playhead)
        {
            if (_picture == null || playhead == _playhead) return;
            _playhead = playhead;
            Version++;
        }

        public override void Paint(StateCanvas canvas, PixelRect area, in StepColumns columns, long from, long to, Skin skin)
        {
        }

        /// <summary>Paints all of it, over the sides too.</summary>
        public void Paint(StateCanvas canvas, PixelRect area, Skin skin)
        {
            canvas.FillRect(area, skin.Background);
            if (_picture != null)
            {
                _picture(skin, _playhead).Draw(canvas, area, skin);
                return;
            }
            string[] lines = _words.Split('\n');
            int line = skin.Font.LineHeight + 2 * skin.Scale, y = area.Y + Math.Max(0, (area.Height - lines.Length * line) / 2);
            foreach (string text in lines)
            {
                canvas.Text(skin.Font, skin.Font.Shorten(text, area.Width - 16 * skin.Scale), area.X + area.Width / 2, y, skin.MutedText, 0.5f);
                y += line;
            }
        }
    }
}
