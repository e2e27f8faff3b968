using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>The epochs of a run that may have many rounds, one after the other and numbered on; of very many the oldest are forgotten. Threads may share it.</summary>
    internal sealed class EpochLog
    {
        private const int Kept = 4096;

        private readonly List<EpochRecord> _epochs = new List<EpochRecord>();
        private long _dropped;

        /// <summary>Takes the epochs of a round from one on.</summary>
        public void Add(IReadOnlyList<EpochRecord> round, int from)
        {
            if (from >= round.Count) return;
            lock (_epochs)
            {
                for (int i = from; i < round.Count; i++)
                    _epochs.Add(new EpochRecord((int)Math.Min(int.MaxValue, _dropped + _epochs.Count + 1), round[i].TrainLoss, round[i].ValidationLoss, round[i].LearningRate));
                if (_epochs.Count < 2 * Kept) return;
                int old = _epochs.Count - Kept;
                _epochs.RemoveRange(0, old);
                _dropped += old;
            }
        }

        /// <summary>Reads those that are not known yet.</summary>
        /// <param name="from">How many are known.</param>
        /// <param name="into">Gets those after them.</param>
        /// <returns>How many there were in all.</returns>
        public long Read(long from, ICollection<EpochRecord> into)
        {
            lock (_epochs)
            {
                for (int i = (int)Math.Min(_epochs.Count, Math.Max(0, from - _dropped)); i < _epochs.Count; i++) into.Add(_epochs[i]);
                return _dropped + _epochs.Count;
            }
        }

        public void Clear()
        {
            lock (_epochs)
            {
                _epochs.Clear();
                _dropped = 0;
            }
        }
    }
}
