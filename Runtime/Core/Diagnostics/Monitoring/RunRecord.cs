using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Recurrent.Diagnostics
{
    /// <summary>What is remembered of a training run: how it ended, and its losses. Of long runs some epochs are left out, evenly, never the first, the best and the last.</summary>
    public sealed class RunRecord
    {
        /// <summary>The most epochs that are remembered of a run.</summary>
        public const int MaxEpochs = 256;

        private const int MaxText = 400;

        /// <summary>Puts a record together.</summary>
        /// <param name="name">What was trained.</param>
        /// <param name="began">When, in universal time.</param>
        /// <param name="elapsed">The time spent in batches.</param>
        /// <param name="outcome">How it ended.</param>
        /// <param name="message">One sentence about that.</param>
        /// <param name="epochCount">How many epochs were done.</param>
        /// <param name="epochs">Their losses; the record keeps what it needs of them.</param>
        /// <param name="bestEpoch">The number of the epoch with the lowest loss; 0 for none.</param>
        /// <param name="bestLoss">That loss.</param>
        public RunRecord(string name, DateTime began, TimeSpan elapsed, TrainingOutcome outcome, string message, long epochCount, IReadOnlyList<EpochRecord> epochs, int bestEpoch, double bestLoss)
        {
            Name = Short(name);
            Began = began;
            Elapsed = elapsed;
            Outcome = outcome;
            Message = Short(message);
            EpochCount = epochCount;
            Epochs = Thin(epochs, bestEpoch);
            BestEpoch = bestEpoch;
            BestLoss = bestLoss;
        }

        /// <summary>What was trained.</summary>
        public string Name { get; }

        /// <summary>When the run began, in universal time.</summary>
        public DateTime Began { get; }

        /// <summary>The time spent in batches.</summary>
        public TimeSpan Elapsed { get; }

        /// <summary>How it ended.</summary>
        public TrainingOutcome Outcome { get; }

        /// <summary>One sentence about that.</summary>
        public string Message { get; }

        /// <summary>How many epochs were done.</summary>
        public long EpochCount { get; }

        /// <summary>Their losses, at most <see cref="MaxEpochs"/> of them, in order.</summary>
        public IReadOnlyList<EpochRecord> Epochs { get; }

        /// <summary>The number of the epoch with the lowest loss, counted from 1; 0 for none.</summary>
        public int BestEpoch { get; }

        /// <summary>That loss; infinity for none.</summary>
        public double BestLoss { get; }

        /// <summary>Name and beginning, in the time of this place: "Guard, 3 May 14:05".</summary>
        public override string ToString() => $"{Name}, {Began.ToLocalTime().ToString("d MMM HH:mm", CultureInfo.InvariantCulture)}";

        /// <summary>Writes it as a JSON object.</summary>
        internal void Write(JsonWriter json)
        {
            json.BeginObject().Member("name", Name).Member("began", Began.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)).Member("seconds", Elapsed.TotalSeconds)
                .Member("outcome", Outcome.ToString()).Member("message", Message).Member("epochs", EpochCount).Member("best_epoch", BestEpoch).Name("best_loss");
            Number(json, BestLoss);
            json.Name("losses").BeginArray();
            foreach (EpochRecord epoch in Epochs)
            {
                json.BeginArray().Value((long)epoch.Epoch);
                Number(json, epoch.TrainLoss);
                Number(json, epoch.ValidationLoss);
                Number(json, epoch.LearningRate);
                json.EndArray();
            }
            json.EndArray().EndObject();
        }

        /// <summary>Reads what <see cref="Write"/> wrote.</summary>
        /// <exception cref="FormatException">It is something else.</exception>
        internal static RunRecord Read(JsonValue json)
        {
            var epochs = new List<EpochRecord>();
            foreach (JsonValue row in json["losses"].Items) epochs.Add(new EpochRecord(row[0].AsInt32(), Number(row[1], double.NaN), Number(row[2], double.NaN), (float)Number(row[3], double.NaN)));
            if (!Enum.TryParse(json["outcome"].AsString(), out TrainingOutcome outcome)) throw new FormatException($"'{json["outcome"].AsString()}' is no outcome of a run.");
            return new RunRecord(json["name"].AsString(), DateTime.Parse(json["began"].AsString(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), TimeSpan.FromSeconds(json["seconds"].AsDouble()),
                outcome, json["message"].AsString(), json["epochs"].AsInt64(), epochs, json["best_epoch"].AsInt32(), Number(json["best_loss"], double.PositiveInfinity));
        }

        // JSON has no word for what is not finite.
        private static void Number(JsonWriter json, double value)
        {
            if (double.IsFinite(value)) json.Value(value);
            else json.Value(null);
        }

        private static double Number(JsonValue json, double missing) => json.Kind == JsonKind.Null ? missing : json.AsDouble();

        // A file in UTF-8 has no place for half of a pair.
        private static string Short(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Length <= MaxText ? text : text.Substring(0, MaxText - 1) + "…"));

        private static EpochRecord[] Thin(IReadOnlyList<EpochRecord> epochs, int best)
        {
            int count = Math.Min(epochs.Count, MaxEpochs);
            var kept = new EpochRecord[count];
            for (int i = 0; i < count; i++) kept[i] = epochs[count == 1 ? epochs.Count - 1 : (int)((long)i * (epochs.Count - 1) / (count - 1))];
            if (count == epochs.Count) return kept;
            for (int i = 0; i < epochs.Count; i++)
            {
                if (epochs[i].Epoch != best) continue;
                int nearest = (int)Math.Round((double)i * (count - 1) / (epochs.Count - 1));
                if (nearest > 0 && nearest < count - 1) kept[nearest] = epochs[i];
            }
            return kept;
        }
    }
}
