using System;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// What a forecaster learned, as one picture: the loss of every epoch on the left, truth against prediction on the test part on the right.
    /// </summary>
    public sealed class ForecastPicture
    {
        /// <summary>The heading.</summary>
        public string Title { get; set; } = "";

        /// <summary>The line under the heading: network, look-back, seed.</summary>
        public string Subtitle { get; set; } = "";

        /// <summary>What the loss is: "mean squared error".</summary>
        public string LossName { get; set; } = "loss";

        /// <summary>The training loss of each epoch, the first being epoch 1.</summary>
        public float[] TrainingLoss { get; set; } = Array.Empty<float>();

        /// <summary>The validation loss of each epoch; null if there was none.</summary>
        public float[]? ValidationLoss { get; set; }

        /// <summary>The epoch, from 1, whose weights were kept; 0 marks none.</summary>
        public int BestEpoch { get; set; }

        /// <summary>What really happened on the test part.</summary>
        public float[] Truth { get; set; } = Array.Empty<float>();

        /// <summary>The prediction of each value of <see cref="Truth"/>.</summary>
        public float[] Prediction { get; set; } = Array.Empty<float>();

        /// <summary>The place of the first test value in the whole series.</summary>
        public double FirstStep { get; set; }

        /// <summary>What a step is, for the axis: "month".</summary>
        public string StepName { get; set; } = "step";

        /// <summary>What the values are, with their unit, for the axis.</summary>
        public string ValueName { get; set; } = "value";

        /// <summary>The picture. A skin of scale 2 suits 1,760 × 760 pixels, of scale 1 half of that.</summary>
        /// <exception cref="ArgumentException">Truth and prediction differ in length, or the two losses do.</exception>
        public StateCanvas Draw(int width, int height, Skin skin) => Layout(skin).Draw(width, height, skin);

        internal PanelGrid Layout(Skin skin)
        {
            if (Truth.Length != Prediction.Length) throw new ArgumentException($"ForecastPicture: {Truth.Length} true values, but {Prediction.Length} predictions.");
            if (ValidationLoss != null && ValidationLoss.Length != TrainingLoss.Length)
                throw new ArgumentException($"ForecastPicture: training loss of {TrainingLoss.Length} epochs, but validation loss of {ValidationLoss.Length}.");

            var grid = new PanelGrid(1, 2) { Title = Title, Subtitle = Subtitle };
            grid.ColumnWeights[0] = 2f;
            grid.ColumnWeights[1] = 3f;
            grid[0, 0] = LossChart(skin);
            grid[0, 1] = TestChart(skin);
            return grid;
        }

        private LineChart LossChart(Skin skin)
        {
            // A loss that falls by more than a factor of 30 shows its later epochs only in decades.
            Axis y = Axis.FitLogarithmic(LossName, TrainingLoss, ValidationLoss);
            if (y.High / y.Low < 30.0) y = Axis.Fit(LossName, TrainingLoss, ValidationLoss);
            var chart = new LineChart(Axis.Counting("epoch", 1.0, TrainingLoss.Length), y) { Title = "Loss" };
            chart.Add(new LineSeries("training", TrainingLoss) { First = 1.0, Value = AtBest(TrainingLoss), Width = 1.75f });
            if (ValidationLoss != null) chart.Add(new LineSeries("validation", ValidationLoss) { First = 1.0, Value = AtBest(ValidationLoss), Width = 1.75f });
            if (BestEpoch > 0 && BestEpoch <= TrainingLoss.Length)
            {
                float[] kept = ValidationLoss ?? TrainingLoss;
                chart.MarkAt(BestEpoch);
                chart.Add(new LineSeries("kept", new[] { (float)BestEpoch }, new[] { kept[BestEpoch - 1] })
                {
                    Value = "epoch " + BestEpoch.ToString(CultureInfo.InvariantCulture),
                    Color = skin.Text,
                    ShowLine = false,
                    Marker = MarkerShape.Circle,
                    MarkerSize = 7f,
                });
            }
            return chart;
        }

        private string AtBest(float[] loss) => loss.Length == 0 ? "" : Axis.Short(loss[BestEpoch > 0 && BestEpoch <= loss.Length ? BestEpoch - 1 : loss.Length - 1]);

        private LineChart TestChart(Skin skin)
        {
            var chart = new LineChart(Axis.Counting(StepName, FirstStep, Truth.Length), Axis.Fit(ValueName, Truth, Prediction)) { Title = "Test part: truth against prediction" };
            chart.Add(new LineSeries("truth", Truth) { First = FirstStep, Color = skin.Truth, Width = 1.25f, Dashes = Array.Empty<float>() });
            chart.Add(new LineSeries("prediction", Prediction)
            {
                First = FirstStep,
                Color = skin.LineColor(1),
                Width = 1.5f,
                Dashes = Array.Empty<float>(),
                Value = "RMSE " + Axis.Short(RootMeanSquaredError()),
            });
            return chart;
        }

        private double RootMeanSquaredError()
        {
            double sum = 0.0;
            for (int i = 0; i < Truth.Length; i++) sum += ((double)Prediction[i] - Truth[i]) * ((double)Prediction[i] - Truth[i]);
            return Math.Sqrt(sum / Truth.Length);
        }
    }
}
