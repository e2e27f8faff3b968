using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// Says in words what is wrong with a network, from what was recorded of it and of its training, each time with the figures that show it.
    /// The bounds are wide: a healthy network with an open forget gate or a few quiet units is not to be called ill.
    /// </summary>
    public sealed class Diagnosis
    {
        /// <summary>Fewer steps than this say nothing about a unit.</summary>
        private const int EnoughSteps = 16;

        /// <summary>A standard score, after normalisation, stays below about 5.</summary>
        private const float LargeInput = 5;

        /// <summary>A gate value beyond these passes less than a hundredth of its gradient on.</summary>
        private const float AlmostOpen = 0.99f, AlmostShut = 0.01f;

        /// <summary>The share of all of a gate's values at its ends, and of h's at ±1, from which it is called saturated.</summary>
        private const float SaturatedShare = 0.8f;

        private const float SaturatedState = 0.99f;

        /// <summary>A unit of h that stays within this range is dead; so many of a layer's units are a fault.</summary>
        private const float StillRange = 1e-3f, DeadShare = 0.25f;

        /// <summary>A gradient that has lost or won this factor on the way back through half of the steps.</summary>
        private const float FlowFactor = 1e5f;

        /// <summary>How often the first gradient's norm one of the later ones is, from which training explodes.</summary>
        private const float JumpFactor = 20;

        private const int EnoughEpochs = 5;

        private readonly List<Finding> _findings = new List<Finding>();

        private Diagnosis()
        {
        }

        /// <summary>What is wrong, the gravest first; empty when nothing was found.</summary>
        public IReadOnlyList<Finding> Findings => _findings;

        /// <summary>Whether a fault is among the findings.</summary>
        public bool Has(Fault fault) => _findings.Exists(finding => finding.Fault == fault);

        /// <summary>Looks at all that there is.</summary>
        /// <param name="recording">Steps of the network at work; null for none.</param>
        /// <param name="training">Its training; null for none.</param>
        /// <param name="flow">The gradient through time; null for none.</param>
        public static Diagnosis Of(Recording? recording, TrainingLog? training = null, GradientFlow? flow = null)
        {
            var diagnosis = new Diagnosis();
            if (recording != null && recording.Steps > 0) diagnosis.Look(recording);
            if (training != null) diagnosis.Look(training);
            if (flow != null) diagnosis.Look(flow);
            diagnosis._findings.Sort((a, b) => a.Fault.CompareTo(b.Fault));
            return diagnosis;
        }

        /// <summary>Looks at everything in a recording file: the first recording, and the tables.</summary>
        public static Diagnosis Of(RecordingFile file)
        {
            RecordedTable? flow = file.Table(RecordedTable.GradientFlow);
            return Of(file.Recordings.Count > 0 ? file.Recordings[0] : null, TrainingLog.FromFile(file), flow == null ? null : GradientFlow.FromTable(flow));
        }

        /// <summary>A line a finding, or that nothing was found.</summary>
        public override string ToString() => _findings.Count == 0 ? "No fault was found." : string.Join("\n", _findings);

        private void Look(Recording recording)
        {
            LookForNotFinite(recording);
            foreach (RecordedTrack track in recording.Layout.Tracks)
            {
                float[] values = recording.Values(track);
                UnitStatistics units = UnitStatistics.Of(values, track.Length);
                if (track.Channel == RecordChannels.Input) LookAtInputs(track, units);
                if (recording.Steps < EnoughSteps) continue;
                if (track.IsGate) LookAtGate(track, values);
                if (track.Channel == RecordChannels.Hidden) LookAtState(track, values, units);
            }
            LookAtPrediction(recording);
        }

        private void LookForNotFinite(Recording recording)
        {
            for (int t = 0; t < recording.Steps; t++)
                foreach (RecordedTrack track in recording.Layout.Tracks)
                {
                    if (track.Channel == RecordChannels.Target) continue;
                    ReadOnlySpan<float> values = recording.At(track, t);
                    for (int u = 0; u < values.Length; u++)
                    {
                        if (float.IsFinite(values[u])) continue;
                        Add(Fault.NotANumber, track.Name, $"{track}[{u}] is {Text(values[u])} since step {recording.FirstStep + t}; nothing before that is.",
                            track.Channel == RecordChannels.Input ? "The network was fed it: check what fills the input." : "Set a breakpoint on nan and look at the step before; a lower learning rate or ClipNorm helps if training made the weights infinite.");
                        return;
                    }
                }
        }

        private void LookAtInputs(RecordedTrack track, UnitStatistics units)
        {
            int worst = -1, count = 0;
            for (int u = 0; u < units.Units; u++)
            {
                float size = Size(units, u);
                if (!(size > LargeInput)) continue;
                count++;
                if (worst < 0 || size > Size(units, worst)) worst = u;
            }
            if (count == 0) return;
            Add(Fault.InputsNotNormalized, track.Name,
                $"{count} of {units.Units} inputs are large: input[{worst}] runs from {Text(units.Low[worst])} to {Text(units.High[worst])} (mean {Text(units.Mean[worst])}, standard deviation {Text(units.Deviation[worst])}), where about −3 … 3 is expected.",
                "Scale the inputs with a StandardScaler that was fitted on the training data.");
        }

        /// <summary>The root of the mean square: large for a large mean and for a large deviation.</summary>
        private static float Size(UnitStatistics units, int u) => MathF.Sqrt(units.Mean[u] * units.Mean[u] + units.Deviation[u] * units.Deviation[u]);

        private void LookAtGate(RecordedTrack track, float[] values)
        {
            Saturation saturation = Saturation.Of(values, AlmostOpen, AlmostShut);
            if (saturation.Open + saturation.Shut < SaturatedShare) return;
            bool shut = saturation.Shut > saturation.Open;
            Add(Fault.Saturated, track.Name, $"{Percent(saturation.Open)} of the gate's values are above {AlmostOpen.ToString(CultureInfo.InvariantCulture)} and {Percent(saturation.Shut)} below {AlmostShut.ToString(CultureInfo.InvariantCulture)}.",
                shut && track.Symbol == "f" ? "The cell forgets everything at every step: check the forget gate's bias (SetForgetBias(1) keeps more at first)." : "Check the scale of the inputs, the biases and the learning rate.");
        }

        private void LookAtState(RecordedTrack track, float[] values, UnitStatistics units)
        {
            int ends = 0;
            foreach (float value in values)
                if (Math.Abs(value) > SaturatedState && Math.Abs(value) <= 1) ends++;
            float share = (float)ends / values.Length;
            if (share >= SaturatedShare)
            {
                Add(Fault.Saturated, track.Name, $"{Percent(share)} of its values are beyond ±{SaturatedState.ToString(CultureInfo.InvariantCulture)}.", "The weights or the inputs are too large: check the scale of the inputs and the learning rate.");
                return;
            }
            int[] dead = units.Still(StillRange);
            if (dead.Length < Math.Max(2, DeadShare * units.Units)) return;
            bool silent = Array.TrueForAll(dead, u => Math.Abs(units.Mean[u]) < StillRange);
            Add(Fault.DeadUnits, track.Name,
                $"{dead.Length} of {units.Units} units ({List(dead)}) stay within {StillRange.ToString(CultureInfo.InvariantCulture)} of one value over {values.Length / units.Units} steps{(silent ? ", and it is 0" : "")}.",
                dead.Length == units.Units ? "Nothing passes through this layer: check that its weights are not zero and that they are trained." : "Fewer units may do; with ReLU a lower learning rate keeps units alive.");
        }

        private void LookAtPrediction(Recording recording)
        {
            RecordedTrack? output = recording.Layout.Find("output"), target = recording.Layout.Find("target");
            if (output == null || target == null || output.Length != target.Length) return;
            double error = 0, sum = 0, squares = 0;
            int count = 0;
            for (int t = 0; t < recording.Steps; t++)
            {
                float y = recording.At(target, t)[0], p = recording.At(output, t)[0];
                if (!float.IsFinite(y) || !float.IsFinite(p)) continue;
                count++;
                error += ((double)p - y) * ((double)p - y);
                sum += y;
                squares += (double)y * y;
            }
            if (count < EnoughSteps) return;
            double deviation = Math.Sqrt(Math.Max(0, squares / count - sum / count * (sum / count))), rmse = Math.Sqrt(error / count);
            if (!(deviation > 0) || rmse < 0.95 * deviation) return;
            Add(Fault.NotLearning, output.Name, $"the predictions are off by {Text(rmse)} (RMSE) over {count} steps; a constant would be off by {Text(deviation)}.", "Look at the loss, the inputs and the gradient; an untrained network looks like this too.");
        }

        private void Look(TrainingLog training)
        {
            if (training.NotFiniteSince > 0)
                Add(Fault.NotANumber, "training", $"the loss or the gradient is not finite since step {training.NotFiniteSince}.", "Lower the learning rate or set ClipNorm.");
            LookAtGradientNorms(training);
            IReadOnlyList<EpochRecord> epochs = training.Epochs;
            if (epochs.Count < EnoughEpochs) return;
            double first = epochs[0].TrainLoss, last = epochs[epochs.Count - 1].TrainLoss, lowest = double.PositiveInfinity, highest = 0;
            int best = 0;
            for (int i = 0; i < epochs.Count; i++)
            {
                lowest = Math.Min(lowest, epochs[i].TrainLoss);
                highest = Math.Max(highest, epochs[i].TrainLoss);
                if (epochs[i].ValidationLoss < epochs[best].ValidationLoss) best = i;
            }
            if (highest > 10 * first && highest > 1)
                Add(Fault.Exploding, "training", $"the loss climbed from {Text(first)} in the first epoch to {Text(highest)}.", "Lower the learning rate or set ClipNorm.");
            else if (!(last < 0.95 * first))
                Add(Fault.NotLearning, "training", $"the training loss is {Text(last)} after {epochs.Count} epochs and was {Text(first)} in the first.", "Try other learning rates, and check that inputs and targets belong together and that every layer is trained.");
            double bestValidation = epochs[best].ValidationLoss, lastValidation = epochs[epochs.Count - 1].ValidationLoss;
            if (best < 0.7 * epochs.Count && lastValidation > 1.25 * bestValidation && last < 0.9 * epochs[best].TrainLoss)
                Add(Fault.Overfitting, "training", $"since epoch {epochs[best].Epoch} the validation loss climbed from {Text(bestValidation)} to {Text(lastValidation)}, while the training loss fell from {Text(epochs[best].TrainLoss)} to {Text(last)}.",
                    "Stop early (Patience), keep the best weights, take dropout, weight decay, a smaller network or more data.");
        }

        private void LookAtGradientNorms(TrainingLog training)
        {
            IReadOnlyList<float> norms = training.GradientNorms;
            if (norms.Count < EnoughSteps) return;
            var sorted = new List<float>(norms);
            sorted.RemoveAll(norm => !float.IsFinite(norm));
            if (sorted.Count == 0) return;
            sorted.Sort();
            float median = sorted[sorted.Count / 2], largest = sorted[sorted.Count - 1];
            int at = 1;
            while (norms[at - 1] != largest) at++;
            if (largest > 5 && largest > JumpFactor * norms[0])
                Add(Fault.Exploding, "training", $"the gradient's norm went from {Text(norms[0])} in the first step to {Text(largest)} in step {at}; its median is {Text(median)}.", "Lower the learning rate or set ClipNorm, to about the median.");
        }

        private void Look(GradientFlow flow)
        {
            int half = flow.Steps / 2;
            if (half < 4) return;
            for (int i = 0; i < flow.Cells.Length; i++)
            {
                float last = flow.Norms[i][flow.Steps - 1];
                if (!(last > 0) || !float.IsFinite(last)) continue;
                // Towards the start, over half of the time: what is lost there, no data brings back.
                for (int back = 1; back <= half; back++)
                {
                    float norm = flow.Norms[i][flow.Steps - 1 - back];
                    if (norm * FlowFactor < last)
                    {
                        Add(Fault.Vanishing, flow.Cells[i], $"{back} steps back only {Text(norm / (double)last)} of the gradient's norm is left.", "Learning does not reach further back: take an LSTM or a GRU, a forget bias of 1, or a shorter task.");
                        break;
                    }
                    if (!(norm < last * FlowFactor))
                    {
                        Add(Fault.Exploding, flow.Cells[i], $"{back} steps back the gradient's norm is {Text(norm / (double)last)} times that of the last step.", "Set ClipNorm, and lower the recurrent weights or the learning rate.");
                        break;
                    }
                }
            }
        }

        private void Add(Fault fault, string place, string evidence, string advice) =>
            _findings.Add(new Finding(fault, place, char.ToUpper(evidence[0], CultureInfo.InvariantCulture) + evidence.Substring(1), advice));

        private static string Text(double value) => Axis.Short(value);

        private static string Percent(float share) => (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %";

        private static string List(int[] units)
        {
            const int shown = 6;
            string list = string.Join(", ", Array.ConvertAll(units.Length > shown ? units.AsSpan(0, shown).ToArray() : units, u => u.ToString(CultureInfo.InvariantCulture)));
            return units.Length > shown ? list + ", …" : list;
        }
    }
}
