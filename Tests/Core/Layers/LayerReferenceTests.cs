using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    /// <summary>
    /// Layers beside libtorch, each with every kernel set. The gradients are those of Σ output·d_output + Σ hn·d_hn + Σ cn·d_cn.
    /// B batch, T steps, H output features of a cell, C its cell state's.
    /// </summary>
    public class LayerReferenceTests
    {
        public static IEnumerable<TestCaseData> RecurrentCases() => Fixture.NamesAndKernels("Recurrent");

        public static IEnumerable<TestCaseData> CellCases() => Fixture.NamesAndKernels("Cells");

        public static IEnumerable<TestCaseData> LayerCases() => Fixture.NamesAndKernels("Layers");

        public static IEnumerable<string> TutorialCases() => Fixture.Names("Tutorial");

        public static IEnumerable<string> RecurrentNames() => Fixture.Names("Recurrent");

        [TestCaseSource(nameof(RecurrentCases))]
        public void ARecurrentLayerAgreesForwardAndBack(string name, string kernels)
        {
            Fixture fixture = Fixture.Load("Recurrent", name);
            RecurrentLayer layer = Recurrent(fixture);
            int batch = fixture.Integer("batch"), steps = fixture.Integer("steps");
            using (var pass = new SequencePass(layer, batch, steps, training: true, Fixture.Kernels(kernels)))
            {
                float[] state = fixture.Flag("hasInitialState") ? State(layer, batch, fixture.Floats("h0"), fixture.Floats("c0")).Values : Array.Empty<float>();
                pass.Forward(fixture.Floats("input"), batch, steps, state, fixture.Integers("lengths"));
                pass.Backward(fixture.Floats("d_output"), State(layer, batch, fixture.Floats("d_hn"), fixture.Floats("d_cn")).Values);
                CheckPass(fixture, pass, batch, steps, layer);
                CheckStates(fixture, "hn", "cn", State(layer, batch, pass.FinalState));
                if (state.Length > 0) CheckStates(fixture, "d_h0", "d_c0", State(layer, batch, pass.StateGradient));
            }
            fixture.CheckGradients(layer);
        }

        [TestCaseSource(nameof(CellCases))]
        public void ACellAgreesForwardAndBack(string name, string kernels)
        {
            Fixture fixture = Fixture.Load("Cells", name);
            RecurrentCell cell = Cell(fixture);
            int batch = fixture.Integer("batch");
            using (var pass = new SequencePass(cell, batch, 1, training: true, Fixture.Kernels(kernels)))
            {
                pass.Forward(fixture.Floats("input"), batch, 1, Join(batch, fixture.Floats("h0"), fixture.Floats("c0")));
                // The output is h as well, and gets no gradient of its own.
                pass.Backward(new float[batch * cell.OutputSize], Join(batch, fixture.Floats("d_hn"), fixture.Floats("d_cn")));
                var output = new float[batch * cell.OutputSize];
                pass.CopyOutput(output);
                fixture.Check("hn", output);
                CheckParts(fixture, "hn", "cn", cell, batch, pass.FinalState);
                if (fixture.Flag("hasInitialState")) CheckParts(fixture, "d_h0", "d_c0", cell, batch, pass.StateGradient);
                var dInput = new float[batch * cell.InputSize];
                pass.CopyInputGradient(dInput);
                fixture.Check("d_input", dInput);
            }
            fixture.CheckGradients(cell);
        }

        [TestCaseSource(nameof(CellCases))]
        public void ACellsOutputAndItsStateShareTheirGradient(string name, string kernels)
        {
            Fixture fixture = Fixture.Load("Cells", name);
            RecurrentCell cell = Cell(fixture);
            int batch = fixture.Integer("batch");
            using (var pass = new SequencePass(cell, batch, 1, training: true, Fixture.Kernels(kernels)))
            {
                // The same gradients, those of h given to the output this time.
                pass.Forward(fixture.Floats("input"), batch, 1, Join(batch, fixture.Floats("h0"), fixture.Floats("c0")));
                pass.Backward(fixture.Floats("d_hn"), Join(batch, new float[batch * cell.OutputSize], fixture.Floats("d_cn")));
            }
            fixture.CheckGradients(cell);
        }

        [TestCaseSource(nameof(LayerCases))]
        public void ALayerWithoutMemoryAgreesForwardAndBack(string name, string kernels)
        {
            Fixture fixture = Fixture.Load("Layers", name);
            bool embedding = fixture.Text("layer") == "Embedding";
            Layer layer = embedding
                ? new Embedding(fixture.Integer("numEmbeddings"), fixture.Integer("embeddingDim"), fixture.Describes("paddingIndex") ? fixture.Integer("paddingIndex") : -1)
                : (Layer)new Linear(fixture.Integer("inputSize"), fixture.Integer("outputSize"), fixture.Flag("bias"));
            fixture.SetParameters(layer);
            int batch = fixture.Shape("input")[0], steps = fixture.Shape("input")[1];
            using (var pass = new SequencePass(layer, batch, steps, training: true, Fixture.Kernels(kernels)))
            {
                pass.Forward(embedding ? fixture.Indices("input") : fixture.Floats("input"), batch, steps);
                pass.Backward(fixture.Floats("d_output"));
                CheckPass(fixture, pass, batch, steps, layer);
            }
            fixture.CheckGradients(layer);
        }

        [TestCaseSource(nameof(RecurrentNames))]
        public void RunAgreesInPyTorchsLayout(string name) => CheckRun(Fixture.Load("Recurrent", name));

        /// <summary>RNN(10→20, 2 layers), LSTM(10→20, 2 layers, bidirectional) with states of (4, 3, 20), GRU(10→20, 2 layers, bidirectional) on (3, 5, 10).</summary>
        [TestCaseSource(nameof(TutorialCases))]
        public void RunAgreesOnTheTutorialsLayers(string name)
        {
            RecurrentOutput result = CheckRun(Fixture.Load("Tutorial", name));
            int directions = name == "rnn" ? 1 : 2;
            Assert.That(result.Output.Length, Is.EqualTo(3 * 5 * 20 * directions));
            Assert.That(result.FinalHidden.Length, Is.EqualTo(2 * directions * 3 * 20));
            Assert.That(result.FinalCell.Length, Is.EqualTo(name == "lstm-bidirectional" ? 4 * 3 * 20 : 0));
        }

        private static RecurrentOutput CheckRun(Fixture fixture)
        {
            RecurrentOutput result = Recurrent(fixture).Run(fixture.Floats("input"), fixture.Integer("batch"), fixture.Integer("steps"),
                fixture.Floats("h0"), fixture.Floats("c0"), fixture.Integers("lengths"));
            fixture.Check("output", result.Output);
            fixture.Check("hn", result.FinalHidden);
            if (fixture.Has("cn")) fixture.Check("cn", result.FinalCell);
            else Assert.That(result.FinalCell, Is.Empty);
            return result;
        }

        private static void CheckPass(Fixture fixture, SequencePass pass, int batch, int steps, Layer layer)
        {
            var output = new float[batch * steps * layer.OutputSize];
            pass.CopyOutput(output);
            fixture.Check("output", output);
            if (!fixture.Has("d_input")) return;
            var dInput = new float[batch * steps * layer.InputSize];
            pass.CopyInputGradient(dInput);
            fixture.Check("d_input", dInput);
        }

        private static RecurrentLayer Recurrent(Fixture fixture)
        {
            int input = fixture.Integer("inputSize"), hidden = fixture.Integer("hiddenSize"), layers = fixture.Integer("numLayers");
            bool bias = fixture.Flag("bias"), both = fixture.Flag("bidirectional");
            RecurrentLayer layer = fixture.Text("cell") switch
            {
                "RNN" => new RNN(input, hidden, layers, Function(fixture), bias, bidirectional: both),
                "LSTM" => new LSTM(input, hidden, layers, bias, bidirectional: both, projSize: fixture.Integer("projSize")),
                "GRU" => new GRU(input, hidden, layers, bias, bidirectional: both, resetAfter: fixture.Flag("resetAfter"), updateKeepsState: fixture.Flag("updateKeeps")),
                string other => throw new ArgumentException(other),
            };
            fixture.SetParameters(layer);
            return layer;
        }

        private static RecurrentCell Cell(Fixture fixture)
        {
            int input = fixture.Integer("inputSize"), hidden = fixture.Integer("hiddenSize");
            bool bias = fixture.Flag("bias");
            RecurrentCell cell = fixture.Text("cell") switch
            {
                "RNN" => new RNNCell(input, hidden, Function(fixture), bias),
                "LSTM" => new LSTMCell(input, hidden, bias),
                "GRU" => new GRUCell(input, hidden, bias, fixture.Flag("resetAfter"), fixture.Flag("updateKeeps")),
                string other => throw new ArgumentException(other),
            };
            fixture.SetParameters(cell);
            return cell;
        }

        private static Nonlinearity Function(Fixture fixture) => fixture.Text("nonlinearity") == "relu" ? Nonlinearity.ReLU : Nonlinearity.Tanh;

        private static RecurrentState State(RecurrentLayer layer, int batch, float[] hidden, float[] cell)
        {
            var state = new RecurrentState(layer, batch);
            state.SetHidden(hidden);
            if (cell.Length > 0) state.SetCell(cell);
            return state;
        }

        private static RecurrentState State(RecurrentLayer layer, int batch, ReadOnlySpan<float> values)
        {
            var state = new RecurrentState(layer, batch);
            values.CopyTo(state.Values);
            return state;
        }

        private static void CheckStates(Fixture fixture, string hidden, string cell, RecurrentState state)
        {
            fixture.Check(hidden, state.GetHidden());
            if (fixture.Has(cell)) fixture.Check(cell, state.GetCell());
        }

        /// <summary>(B, H) and (B, C) side by side, (B, H + C).</summary>
        private static float[] Join(int batch, float[] hidden, float[] cell)
        {
            int h = hidden.Length / batch, c = cell.Length / batch;
            var joined = new float[batch * (h + c)];
            for (int row = 0; row < batch; row++)
            {
                Array.Copy(hidden, row * h, joined, row * (h + c), h);
                Array.Copy(cell, row * c, joined, row * (h + c) + h, c);
            }
            return joined;
        }

        private static void CheckParts(Fixture fixture, string hiddenName, string cellName, RecurrentCell cell, int batch, ReadOnlySpan<float> joined)
        {
            float[] all = joined.ToArray();
            int h = cell.OutputSize, width = cell.StateSize;
            fixture.Check(hiddenName, Enumerable.Range(0, batch).SelectMany(row => all.Skip(row * width).Take(h)).ToArray());
            if (fixture.Has(cellName)) fixture.Check(cellName, Enumerable.Range(0, batch).SelectMany(row => all.Skip(row * width + h).Take(width - h)).ToArray());
        }
    }
}
