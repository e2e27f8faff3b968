using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent;
using Recurrent.Diagnostics;

namespace RecurrentEditor
{
    /// <summary>What stands for an asset among the files of a project: a model's card in a few words, a recording's states, an agent's observations.</summary>
    public static class AssetPicture
    {
        /// <summary>The side of a picture, in pixels: as large as the project window shows one.</summary>
        public const int Size = 128;

        private const int MostSteps = 512, MostRows = 64, Margin = 10, Stripe = 6;

        /// <summary>A model: its cell and units, inputs and outputs, parameters; the colour of the stripe is that of the cell.</summary>
        public static StateCanvas Of(ModelCard card)
        {
            Skin skin = Skin.Dark;
            StateCanvas canvas = Blank(skin);
            ModelCardPart? cell = card.Parts.FirstOrDefault(part => part.Cell.Length > 0);
            string name = cell?.Cell ?? (card.Layers != null ? "Model" : card.WeightsOnly ? "Weights" : card.Format);
            canvas.FillRect(new PixelRect(0, 0, Stripe, Size), cell == null ? skin.MutedText : skin.LineColor(Array.IndexOf(new[] { "LSTM", "GRU", "RNN" }, cell.Cell)));
            int y = Margin, width = Size - Stripe - 2 * Margin, x = Stripe + Margin;
            void Line(BitmapFont font, string text, Rgba color)
            {
                canvas.Text(font, font.Shorten(text, width), x, y, color);
                y += font.LineHeight + 2;
            }
            BitmapFont large = BitmapFont.Get(2, bold: true);
            Line(large.Measure(name) <= width ? large : skin.TitleFont, name, skin.Text);
            y += 4;
            if (cell != null) Line(skin.Font, FormattableString.Invariant($"{cell.HiddenSize} units{(cell.NumLayers > 1 ? $" × {cell.NumLayers}" : "")}"), skin.Text);
            string sizes = Sizes(card);
            if (sizes.Length > 0) Line(skin.Font, sizes, skin.Text);
            Line(skin.Font, Short(card.ParameterCount) + " weights", skin.MutedText);
            if (card.WeightsOnly) Line(skin.Font, "weights only", skin.LineColor(1));
            else if (card.Opset > 0) Line(skin.Font, FormattableString.Invariant($"ONNX, set {card.Opset}"), skin.MutedText);
            return canvas;
        }

        /// <summary>Recorded states: the first hidden state there is, units × steps; of a long one the end.</summary>
        public static StateCanvas Of(RecordingFile file)
        {
            Skin skin = Skin.Dark;
            StateCanvas canvas = Blank(skin);
            if (file.Recordings.Count == 0) return canvas;
            Recording recording = file.Recordings[0];
            RecordedTrack? track = recording.Layout.Tracks.FirstOrDefault(each => each.Channel == RecordChannels.Hidden) ?? recording.Layout.Tracks.FirstOrDefault();
            if (track == null) return canvas;
            int first = Math.Max(0, recording.Steps - MostSteps);
            var values = new List<float>();
            for (int t = first; t < recording.Steps; t++) values.AddRange(recording.At(track, t).ToArray());
            return Paint(canvas, values.ToArray(), track.Length, track.Channel == RecordChannels.Hidden ? ColorScale.Signed(skin) : null, skin);
        }

        /// <summary>Recorded play: what was observed, observations × steps, in the first episodes.</summary>
        public static StateCanvas Of(EpisodeFile file)
        {
            Skin skin = Skin.Dark;
            StateCanvas canvas = Blank(skin);
            int rows = Math.Min(MostRows, file.Layout.ObservationSize);
            var values = new List<float>();
            foreach (Episode episode in file.Episodes)
                for (int t = 0; t < episode.Steps && values.Count < MostSteps * rows; t++) values.AddRange(episode.Observation(t).Slice(0, rows).ToArray());
            return Paint(canvas, values.ToArray(), rows, null, skin);
        }

        private static StateCanvas Paint(StateCanvas canvas, float[] values, int rows, ColorScale? scale, Skin skin)
        {
            if (values.Length == 0) return canvas;
            new Heatmap(values, rows, scale ?? ColorScale.SignedByPercentile(skin, values)).Paint(canvas, canvas.Bounds, skin);
            return canvas;
        }

        private static StateCanvas Blank(Skin skin)
        {
            var canvas = new StateCanvas(Size, Size);
            canvas.Clear(skin.Background);
            return canvas;
        }

        private static string Sizes(ModelCard card)
        {
            if (card.Layers == null || card.Inputs.Count != 1 || card.Outputs.Count == 0) return "";
            ModelCardPart first = card.Parts[0], last = card.Parts[card.Parts.Count - 1];
            return FormattableString.Invariant($"{first.InputSize} → {last.OutputSize}");
        }

        private static string Short(long count) =>
            count < 1000 ? count.ToString(CultureInfo.InvariantCulture)
            : count < 1_000_000 ? (count / 1e3).ToString(count < 10_000 ? "0.0" : "0", CultureInfo.InvariantCulture) + " k"
            : (count / 1e6).ToString(count < 10_000_000 ? "0.0" : "0", CultureInfo.InvariantCulture) + " M";
    }
}
