using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// What a training run went through: the losses of every epoch and the gradient's norm of every optimizer step. Give it to
    /// <see cref="Trainer.Fit"/> as its progress, or report to it after every <see cref="Trainer.Advance"/>.
    /// </summary>
    public sealed class TrainingLog : IProgress<TrainingProgress>
    {
        private readonly List<EpochRecord> _epochs = new List<EpochRecord>();
        private readonly List<float> _gradientNorms = new List<float>();
        private long _lastStep;

        /// <summary>Every whole epoch.</summary>
        public IReadOnlyList<EpochRecord> Epochs => _epochs;

        /// <summary>The norm of the gradient before clipping, by optimizer step.</summary>
        public IReadOnlyList<float> GradientNorms => _gradientNorms;

        /// <summary>The optimizer step, counted from 1, in which the loss or the gradient was no longer finite; 0 for never.</summary>
        public long NotFiniteSince { get; private set; }

        /// <summary>Takes a progress report: after every batch, so that no step is missing.</summary>
        public void Report(TrainingProgress progress)
        {
            // A step that broke is not counted as taken, and validation takes none.
            bool broke = !IsFinite(progress.GradientNorm);
            if (progress.Step > _lastStep || broke && NotFiniteSince == 0) _gradientNorms.Add((float)progress.GradientNorm);
            if (broke && NotFiniteSince == 0) NotFiniteSince = progress.Step + 1;
            _lastStep = Math.Max(_lastStep, progress.Step);
            if (progress.Batch == 0 && progress.Epoch > _epochs.Count) _epochs.Add(new EpochRecord(progress.Epoch, progress.TrainLoss, progress.ValidationLoss, progress.LearningRate));
        }

        /// <summary>What is left of a run that nobody logged: its epochs, without the gradients' norms.</summary>
        public static TrainingLog Of(TrainingResult result)
        {
            var log = new TrainingLog();
            log._epochs.AddRange(result.History);
            return log;
        }

        /// <summary>As tables for a recording file.</summary>
        public RecordedTable[] ToTables()
        {
            var epochs = new float[_epochs.Count * 4];
            for (int i = 0; i < _epochs.Count; i++)
            {
                EpochRecord epoch = _epochs[i];
                (epochs[4 * i], epochs[4 * i + 1], epochs[4 * i + 2], epochs[4 * i + 3]) = (epoch.Epoch, (float)epoch.TrainLoss, (float)epoch.ValidationLoss, epoch.LearningRate);
            }
            return new[]
            {
                new RecordedTable(RecordedTable.Training, new[] { "epoch", "training loss", "validation loss", "learning rate" }, epochs),
                new RecordedTable(RecordedTable.GradientNorms, new[] { "gradient norm" }, _gradientNorms.ToArray()),
            };
        }

        /// <summary>From such tables in a file; null where there are none.</summary>
        public static TrainingLog? FromFile(RecordingFile file) => FromTables(file.Tables);

        /// <summary>From such tables; null where there are none.</summary>
        public static TrainingLog? FromTables(IReadOnlyList<RecordedTable> tables)
        {
            RecordedTable? epochs = null, norms = null;
            foreach (RecordedTable table in tables)
            {
                if (table.Name == RecordedTable.Training) epochs = table;
                if (table.Name == RecordedTable.GradientNorms) norms = table;
            }
            if (epochs == null || epochs.Columns.Length != 4 || norms == null || norms.Columns.Length != 1) return null;
            var log = new TrainingLog();
            for (int i = 0; i < epochs.Rows; i++)
                log._epochs.Add(new EpochRecord((int)epochs.Values[4 * i], epochs.Values[4 * i + 1], epochs.Values[4 * i + 2], epochs.Values[4 * i + 3]));
            log._gradientNorms.AddRange(norms.Values);
            log.NotFiniteSince = 1 + log._gradientNorms.FindIndex(norm => !float.IsFinite(norm));
            return log;
        }

        private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
    }
}
