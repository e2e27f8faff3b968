using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using static TorchSharp.torch;

namespace Recurrent.Fixtures
{
    /// <summary>RNN, LSTM and GRU: whole stacks, single cells, and the shapes the tutorial shows.</summary>
    internal static class RecurrentFixtures
    {
        private const string FromLibTorch = "libtorch's recurrent operators", FromReference = "elementary operations in float64, differentiated by libtorch";

        /// <summary>How far the written-out recurrence may be from libtorch's operator, relative to a tensor's largest number.</summary>
        private const double Agreement = 1e-12;

        /// <summary>Each kind of recurrence under the name its files begin with.</summary>
        private static readonly (string Name, RecurrentSpec Spec)[] Kinds =
        [
            ("rnn-tanh", new() { Cell = "RNN" }),
            ("rnn-relu", new() { Cell = "RNN", Nonlinearity = "relu" }),
            ("lstm", new() { Cell = "LSTM" }),
            ("lstm-proj", new() { Cell = "LSTM", ProjSize = 2 }),
            ("gru", new() { Cell = "GRU" }),
            ("gru-after-update-replaces", new() { Cell = "GRU", UpdateKeeps = false }),
            ("gru-before", new() { Cell = "GRU", ResetAfter = false }),
            ("gru-before-update-replaces", new() { Cell = "GRU", ResetAfter = false, UpdateKeeps = false }),
        ];

        /// <summary>Six rows in which every value of every option meets every value of every other (see <see cref="Covers"/>), one with everything on, and one single step.</summary>
        private static readonly RecurrentSpec[] Rows =
        [
            Row(3, 5, layers: 1, bidirectional: false, bias: false, state: false, steps: 7, batch: 1),
            Row(4, 3, layers: 1, bidirectional: true, bias: true, state: true, steps: 6, batch: 4, 3, 6, 1, 5),
            Row(3, 5, layers: 2, bidirectional: false, bias: false, state: true, steps: 5, batch: 3, 2, 5, 3),
            Row(2, 5, layers: 2, bidirectional: true, bias: true, state: false, steps: 4, batch: 3),
            Row(1, 5, layers: 3, bidirectional: false, bias: true, state: false, steps: 6, batch: 5, 4, 1, 6, 2, 6),
            Row(5, 3, layers: 3, bidirectional: true, bias: false, state: true, steps: 3, batch: 2),
            Row(3, 4, layers: 2, bidirectional: true, bias: true, state: true, steps: 5, batch: 4, 2, 4, 3, 1),   // no sequence takes every step
            Row(3, 5, layers: 1, bidirectional: false, bias: true, state: true, steps: 1, batch: 3),
        ];

        /// <summary>Sizes beyond the width of a vector register, and not a multiple of it.</summary>
        private static readonly (string Kind, RecurrentSpec Row)[] Wide =
        [
            ("rnn-tanh", Row(17, 33, 1, false, true, true, 4, 3)),
            ("rnn-relu", Row(5, 17, 1, true, true, true, 5, 5, 5, 2, 4, 1, 3)),
            ("lstm", Row(9, 33, 1, false, true, true, 4, 5)),
            ("lstm", Row(3, 17, 1, true, true, true, 5, 5, 3, 5, 1, 4, 2)),
            ("lstm-proj", Row(5, 33, 1, false, true, true, 4, 3) with { ProjSize = 17 }),
            ("gru", Row(9, 33, 1, false, true, true, 4, 5)),
            ("gru", Row(3, 17, 1, true, true, true, 5, 5, 3, 5, 1, 4, 2)),
            ("gru-before", Row(3, 17, 1, true, true, true, 5, 5, 3, 5, 1, 4, 2)),
            ("gru-before-update-replaces", Row(9, 33, 1, false, true, true, 4, 3)),
        ];

        public static IEnumerable<Fixture> Layers()
        {
            Covers();
            foreach (var (kind, spec) in Kinds)
                foreach (RecurrentSpec row in Rows)
                    yield return Layer(kind, spec, row);
            foreach (var (kind, row) in Wide) yield return Layer(kind, Kinds.Single(k => k.Name == kind).Spec, row);
        }

        public static IEnumerable<Fixture> Cells()
        {
            foreach (var (kind, spec) in Kinds)
            {
                if (spec.ProjSize > 0) continue;   // torch.nn.LSTMCell has none
                yield return Cell(kind, Of(spec, Row(3, 5, 1, false, bias: true, state: true, 1, 4)));
                yield return Cell(kind, Of(spec, Row(5, 3, 1, false, bias: false, state: false, 1, 2)));
            }
        }

        /// <summary>RNN(10→20, 2 layers), LSTM(10→20, 2, bidirectional) with given states, GRU(10→20, 2, bidirectional), on a batch of (3, 5, 10): forward only.</summary>
        public static IEnumerable<Fixture> Tutorial()
        {
            foreach (var (name, cell, bidirectional, state) in new[] { ("rnn", "RNN", false, false), ("lstm-bidirectional", "LSTM", true, true), ("gru-bidirectional", "GRU", true, false) })
            {
                RecurrentSpec spec = Row(10, 20, 2, bidirectional, true, state, 5, 3) with { Cell = cell };
                var fixture = new Fixture("Tutorial", name, FromLibTorch);
                Given given = Draw(fixture, spec, spec.Parameters(), [spec.Batch, spec.Steps, spec.InputSize], [spec.NumLayers * spec.Directions, spec.Batch]);
                var (output, finals) = LibTorch.Run(spec, given.Input, given.States, given.Parameters.Values.ToArray());
                fixture.Expect("output", output);
                ExpectFinals(fixture, finals);
                yield return fixture;
            }
        }

        private static Fixture Layer(string kind, RecurrentSpec family, RecurrentSpec row)
        {
            RecurrentSpec spec = Of(family, row);
            var fixture = new Fixture("Recurrent", FileName(kind, spec), spec.InLibTorch ? FromLibTorch : FromReference);
            Given given = Draw(fixture, spec, spec.Parameters(), [spec.Batch, spec.Steps, spec.InputSize], [spec.NumLayers * spec.Directions, spec.Batch]);
            Tensor dOutput = fixture.Given("d_output", 1, spec.Batch, spec.Steps, spec.Directions * spec.OutputSize).detach();
            Tensor[] dFinals = DrawFinals(fixture, spec, [spec.NumLayers * spec.Directions, spec.Batch]);

            var written = Differentiate(given, dFinals, dOutput, () => Reference.Run(spec, given.Input, given.States, given.Parameters));
            var answer = written;
            if (spec.InLibTorch)
            {
                answer = Differentiate(given, dFinals, dOutput, () => LibTorch.Run(spec, given.Input, given.States, given.Parameters.Values.ToArray()));
                Agree(fixture, written, answer);
            }
            foreach (var (name, value) in answer)
            {
                if (value.count_nonzero().item<long>() == 0) throw new InvalidOperationException($"{fixture.Group}/{fixture.Name}: {name} is zero everywhere and would show no mistake.");
                fixture.Expect(name, value);
            }
            return fixture;
        }

        private static Fixture Cell(string kind, RecurrentSpec spec)
        {
            var fixture = new Fixture("Cells", $"{kind}{(spec.Bias ? "-bias" : "")}{(spec.HasInitialState ? "-state" : "")}", spec.InLibTorch ? FromLibTorch : FromReference);
            Given given = Draw(fixture, spec, spec.CellParameters(spec.InputSize, ""), [spec.Batch, spec.InputSize], [spec.Batch]);
            Tensor[] dFinals = DrawFinals(fixture, spec, [spec.Batch]);

            var written = Differentiate(given, dFinals, null, () =>
            {
                Tensor[][] rows = Enumerable.Range(0, spec.Batch)
                    .Select(b => Reference.Step(spec, "", given.Input[b], given.States.Select(state => state[b]).ToArray(), given.Parameters)).ToArray();
                return (null, given.States.Select((_, s) => stack(rows.Select(row => row[s]))).ToArray());
            });
            var answer = written;
            if (spec.InLibTorch)
            {
                answer = Differentiate(given, dFinals, null, () => (null, LibTorch.Step(spec, given.Input, given.States, given.Parameters.Values.ToArray())));
                Agree(fixture, written, answer);
            }
            foreach (var (name, value) in answer) fixture.Expect(name, value);
            return fixture;
        }

        /// <summary>What a case starts from. The states are zeros that the file does not carry where the case gives none.</summary>
        private sealed record Given(Dictionary<string, Tensor> Parameters, Tensor Input, Tensor[] States, bool HasInitialState);

        private static Given Draw(Fixture fixture, RecurrentSpec spec, IEnumerable<(string Name, long[] Shape)> parameters, long[] inputShape, long[] stateShape)
        {
            fixture.Describe("cell", spec.Cell);
            fixture.Describe("nonlinearity", spec.Nonlinearity);
            fixture.Describe("inputSize", spec.InputSize);
            fixture.Describe("hiddenSize", spec.HiddenSize);
            fixture.Describe("numLayers", spec.NumLayers);
            fixture.Describe("bidirectional", spec.Bidirectional);
            fixture.Describe("bias", spec.Bias);
            fixture.Describe("projSize", spec.ProjSize);
            fixture.Describe("resetAfter", spec.ResetAfter);
            fixture.Describe("updateKeeps", spec.UpdateKeeps);
            fixture.Describe("steps", spec.Steps);
            fixture.Describe("batch", spec.Batch);
            fixture.Describe("lengths", spec.Lengths);
            fixture.Describe("hasInitialState", spec.HasInitialState);

            var drawn = parameters.ToDictionary(parameter => parameter.Name, parameter => fixture.Given(parameter.Name, spec.WeightScale, parameter.Shape));
            Tensor input = fixture.Given("input", 1, inputShape);
            Tensor[] states = States(spec, stateShape).Select(state => spec.HasInitialState
                ? fixture.Given(state.Letter + "0", 1, state.Shape)
                : zeros(state.Shape, ScalarType.Float64)).ToArray();
            return new Given(drawn, input, states, spec.HasInitialState);
        }

        private static Tensor[] DrawFinals(Fixture fixture, RecurrentSpec spec, long[] stateShape) =>
            States(spec, stateShape).Select(state => fixture.Given($"d_{state.Letter}n", 1, state.Shape).detach()).ToArray();

        private static IEnumerable<(string Letter, long[] Shape)> States(RecurrentSpec spec, long[] stateShape)
        {
            yield return ("h", [.. stateShape, spec.OutputSize]);
            if (spec.HasCellState) yield return ("c", [.. stateShape, spec.HiddenSize]);
        }

        /// <summary>Runs forward, and backward from loss = Σ output*d_output + Σ hn*d_hn + Σ cn*d_cn. Values and gradients come under the names they have in the file.</summary>
        private static List<(string Name, Tensor Value)> Differentiate(Given given, Tensor[] dFinals, Tensor? dOutput, Func<(Tensor? Output, Tensor[] FinalStates)> forward)
        {
            Tensor[] leaves = [.. given.Parameters.Values, given.Input, .. given.HasInitialState ? given.States : []];
            foreach (Tensor leaf in leaves) leaf.grad = null;
            var (output, finals) = forward();
            Tensor loss = zeros(1, ScalarType.Float64).sum();
            if (output is not null && dOutput is not null) loss += (output * dOutput).sum();
            for (int s = 0; s < finals.Length; s++) loss += (finals[s] * dFinals[s]).sum();
            loss.backward();

            var answer = new List<(string, Tensor)>();
            if (output is not null) answer.Add(("output", output.detach()));
            for (int s = 0; s < finals.Length; s++) answer.Add(("hc"[s] + "n", finals[s].detach()));
            answer.Add(("d_input", given.Input.grad!.clone()));
            if (given.HasInitialState)
                for (int s = 0; s < finals.Length; s++) answer.Add(($"d_{"hc"[s]}0", given.States[s].grad!.clone()));
            foreach (var (name, parameter) in given.Parameters) answer.Add(("grad." + name, parameter.grad!.clone()));
            return answer;
        }

        private static void ExpectFinals(Fixture fixture, Tensor[] finals)
        {
            for (int s = 0; s < finals.Length; s++) fixture.Expect("hc"[s] + "n", finals[s]);
        }

        private static void Agree(Fixture fixture, List<(string Name, Tensor Value)> written, List<(string Name, Tensor Value)> libtorch)
        {
            foreach (var ((name, a), (_, b)) in written.Zip(libtorch))
            {
                double apart = (a - b).abs().max().item<double>(), largest = b.abs().max().item<double>();
                if (!(apart <= Agreement * largest))
                    throw new InvalidOperationException($"{fixture.Group}/{fixture.Name}: the written-out recurrence and libtorch differ in {name} by {apart:g3} (largest number {largest:g3}).");
            }
        }

        /// <summary>Every value of every option must meet every value of every other among the rows.</summary>
        private static void Covers()
        {
            (string Name, Func<RecurrentSpec, int> Value, int[] Values)[] options =
            [
                ("layers", row => row.NumLayers, [1, 2, 3]),
                ("bidirectional", row => row.Bidirectional ? 1 : 0, [0, 1]),
                ("bias", row => row.Bias ? 1 : 0, [0, 1]),
                ("initial state", row => row.HasInitialState ? 1 : 0, [0, 1]),
                ("lengths", row => row.Lengths.Length > 0 ? 1 : 0, [0, 1]),
            ];
            foreach (var first in options)
                foreach (var second in options.SkipWhile(option => option != first).Skip(1))
                    foreach (int a in first.Values)
                        foreach (int b in second.Values)
                            if (!Rows.Any(row => first.Value(row) == a && second.Value(row) == b))
                                throw new InvalidOperationException($"No row has {first.Name} = {a} with {second.Name} = {b}.");
        }

        private static RecurrentSpec Row(int input, int hidden, int layers, bool bidirectional, bool bias, bool state, int steps, int batch, params int[] lengths) => new()
        {
            Cell = "",
            InputSize = input,
            HiddenSize = hidden,
            NumLayers = layers,
            Bidirectional = bidirectional,
            Bias = bias,
            HasInitialState = state,
            Steps = steps,
            Batch = batch,
            Lengths = lengths,
        };

        private static RecurrentSpec Of(RecurrentSpec family, RecurrentSpec row) => row with
        {
            Cell = family.Cell,
            Nonlinearity = family.Nonlinearity,
            ResetAfter = family.ResetAfter,
            UpdateKeeps = family.UpdateKeeps,
            ProjSize = row.ProjSize > 0 ? row.ProjSize : family.ProjSize,
        };

        private static string FileName(string kind, RecurrentSpec spec) =>
            $"{kind}-{spec.InputSize}to{spec.HiddenSize}-l{spec.NumLayers}-t{spec.Steps}" +
            $"{(spec.Bidirectional ? "-both" : "")}{(spec.Bias ? "-bias" : "")}{(spec.HasInitialState ? "-state" : "")}{(spec.Lengths.Length > 0 ? "-lengths" : "")}";
    }
}
