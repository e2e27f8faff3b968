using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace Recurrent.Tests
{
    /// <summary><see cref="LastStep"/> and <see cref="FinalStates"/>.</summary>
    public class StepSelectionTests
    {
        private const int Batch = 3, Steps = 5, Hidden = 4;

        public static IEnumerable<int[]> Lengths() => new[] { new int[0], new[] { 2, 5, 1 }, new[] { 3, 1, 4 } };

        [TestCaseSource(nameof(Lengths))]
        public void LastStepPicksEachRowsOwnLastStep(params int[] lengths)
        {
            float[] input = Input();
            RecurrentOutput whole = Layer().Run(input, Batch, Steps, lengths: lengths);
            float[] picked = Run(new SequenceModel(Layer(), new LastStep()), input, lengths);
            Assert.That(picked.Length, Is.EqualTo(Batch * 2 * Hidden));
            for (int row = 0; row < Batch; row++)
                Assert.That(Slice(picked, row, 2 * Hidden), Is.EqualTo(Slice(whole.Output, row * Steps + Last(lengths, row), 2 * Hidden)));
        }

        [TestCaseSource(nameof(Lengths))]
        public void FinalStatesPicksWhatEachDirectionEndsWith(params int[] lengths)
        {
            float[] input = Input();
            RecurrentOutput whole = Layer().Run(input, Batch, Steps, lengths: lengths);
            float[] picked = Run(new SequenceModel(Layer(), new FinalStates()), input, lengths);
            for (int row = 0; row < Batch; row++)
            {
                // h_n: level 1 forward is block 2, level 1 backward block 3.
                Assert.That(Slice(picked, 2 * row, Hidden), Is.EqualTo(Slice(whole.FinalHidden, 2 * Batch + row, Hidden)));
                Assert.That(Slice(picked, 2 * row + 1, Hidden), Is.EqualTo(Slice(whole.FinalHidden, 3 * Batch + row, Hidden)));
            }
        }

        [Test]
        public void ALayerThatKnowsItsReaderHasTheGradientsOfOneThatIsReadEverywhere(
            [Values("RNN", "LSTM", "LSTM projected", "GRU", "GRU before")] string cell, [Values(false, true)] bool both, [Values(false, true)] bool final,
            [ValueSource(nameof(Lengths))] int[] lengths)
        {
            RecurrentLayer New() => cell switch
            {
                "RNN" => new RNN(2, Hidden, numLayers: 2, dropout: 0.3f, bidirectional: both, seed: 3),
                "LSTM" => new LSTM(2, Hidden, numLayers: 2, dropout: 0.3f, bidirectional: both, seed: 3),
                "LSTM projected" => new LSTM(2, Hidden, projSize: 3, bidirectional: both, seed: 3),
                "GRU" => new GRU(2, Hidden, bidirectional: both, seed: 3),
                _ => new GRU(2, Hidden, bidirectional: both, resetAfter: false, seed: 3),
            };
            RecurrentLayer whole = New(), read = New();
            var model = new SequenceModel(read, final ? new FinalStates() : (Layer)new LastStep());
            float[] input = Input();
            int features = whole.OutputSize;
            var random = new RandomSource(8);
            var picked = new float[Batch * features];
            for (int i = 0; i < picked.Length; i++) picked[i] = random.NextGaussian();
            var everywhere = new float[Batch * Steps * features];
            for (int row = 0; row < Batch; row++)
                for (int f = 0; f < features; f++)
                    everywhere[(row * Steps + (final && f >= features / 2 ? 0 : Last(lengths, row))) * features + f] = picked[row * features + f];

            (float[] Input, double[][] Norms) Gradients(Layer layer, float[] outputGradient)
            {
                using var pass = new SequencePass(layer, Batch, Steps, training: true);
                IReadOnlyList<CellTap> taps = pass.Watch();
                pass.Forward(input, Batch, Steps, lengths: lengths);
                pass.Backward(outputGradient);
                var gradient = new float[input.Length];
                pass.CopyInputGradient(gradient);
                var norms = new double[taps.Count][];
                for (int i = 0; i < norms.Length; i++) norms[i] = taps[i].GradientNorms.ToArray();
                return (gradient, norms);
            }
            (float[] expected, double[][] expectedNorms) = Gradients(whole, everywhere);
            (float[] got, double[][] gotNorms) = Gradients(model, picked);
            Assert.That(got, Is.EqualTo(expected));
            Assert.That(got, Has.Some.Not.EqualTo(0f));
            Assert.That(gotNorms, Is.EqualTo(expectedNorms));
            for (int i = 0; i < whole.Parameters.Count; i++)
                Assert.That(read.Parameters[i].Gradient.ToArray(), Is.EqualTo(whole.Parameters[i].Gradient.ToArray()), whole.Parameters[i].Name);
        }

        [Test]
        public void GradientsAgreeWithFiniteDifferences([Values(false, true)] bool ragged, [Values(false, true)] bool both)
        {
            var model = new SequenceModel(new GRU(2, Hidden, bidirectional: true, seed: 1), both ? new FinalStates() : (Layer)new LastStep(), new Linear(2 * Hidden, 2, seed: 2));
            using (var check = new GradientCheck(model, Batch, Steps, ragged ? new[] { 2, 5, 1 } : null)) check.Run();
        }

        [Test]
        public void LayersAfterThemSeeOneStep()
        {
            // The lengths are those of the input; what was picked has one step a row.
            var model = new SequenceModel(new Linear(1, 2, seed: 1), new LastStep(), new GRU(2, 3, seed: 2), new LastStep(), new Linear(3, 1, seed: 3));
            float[] input = GradientCheck.Draw(new RandomSource(4), Batch * Steps);
            float[] ragged = Run(model, input, new[] { 2, 5, 1 });
            float[] ends = { input[1], input[9], input[10] };
            using (var pass = new SequencePass(model, Batch, 1))
            {
                var direct = new float[Batch];
                pass.Forward(ends, Batch, 1);
                pass.CopyOutput(direct);
                Assert.That(ragged, Is.EqualTo(direct).Within(1e-6));
            }
            using (var check = new GradientCheck(model, Batch, Steps, new[] { 2, 5, 1 })) check.Run();
        }

        private static GRU Layer() => new GRU(2, Hidden, numLayers: 2, bidirectional: true, seed: 5);

        private static float[] Input() => GradientCheck.Draw(new RandomSource(6), Batch * Steps * 2);

        private static int Last(int[] lengths, int row) => (lengths.Length == 0 ? Steps : lengths[row]) - 1;

        private static float[] Slice(float[] values, int index, int length) => values.AsSpan(index * length, length).ToArray();

        private static float[] Run(SequenceModel model, float[] input, int[] lengths)
        {
            var output = new float[Batch * model.OutputSize];
            using (var pass = new SequencePass(model, Batch, Steps))
            {
                pass.Forward(input, Batch, Steps, lengths: lengths);
                Assert.That(pass.OutputSteps, Is.EqualTo(1));
                pass.CopyOutput(output);
            }
            return output;
        }

        [Test]
        public void AStepPickedInAModelInsideAModelIsOneStepOutside()
        {
            var model = new SequenceModel(new SequenceModel(new Linear(1, 2, seed: 1), new LastStep()), new LastStep());
            float[] input = GradientCheck.Draw(new RandomSource(4), 15);
            float[] ragged = Run(model, input, new[] { 2, 5, 1 });
            float[] direct = Run(new SequenceModel(new Linear(1, 2, seed: 1), new LastStep()), input, new[] { 2, 5, 1 });
            Assert.That(ragged, Is.EqualTo(direct));
        }
    }
}
