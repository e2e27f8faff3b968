using System;

namespace Recurrent
{
    /// <summary>How often a classifier took which class for which, and what follows from it. Shares are 0 … 1, and "not a number" where there is nothing to share.</summary>
    public sealed class ConfusionCounts
    {
        private readonly int[] _counts; // (classes, classes): true, predicted

        /// <summary>Begins with nothing counted.</summary>
        public ConfusionCounts(Vocabulary classes)
        {
            Classes = classes ?? throw new ArgumentNullException(nameof(classes));
            _counts = new int[classes.Count * classes.Count];
        }

        /// <summary>The names of the classes.</summary>
        public Vocabulary Classes { get; }

        /// <summary>How many examples were counted.</summary>
        public int Count { get; private set; }

        /// <summary>How many examples of class <paramref name="truth"/> were taken for class <paramref name="predicted"/>.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
        public int this[int truth, int predicted] => _counts[Index(truth, predicted)];

        /// <summary>The share of examples whose class was predicted.</summary>
        public double Accuracy
        {
            get
            {
                int hits = 0;
                for (int c = 0; c < Classes.Count; c++) hits += this[c, c];
                return (double)hits / Count;
            }
        }

        /// <summary>The accuracy of always saying the most frequent class.</summary>
        public double MajorityShare
        {
            get
            {
                int largest = 0;
                for (int c = 0; c < Classes.Count; c++) largest = Math.Max(largest, CountOf(c));
                return (double)largest / Count;
            }
        }

        /// <summary>The mean of the classes' recall, over those that have examples: every class counts alike, however rare.</summary>
        public double BalancedAccuracy
        {
            get
            {
                double sum = 0;
                int classes = 0;
                for (int c = 0; c < Classes.Count; c++)
                {
                    if (CountOf(c) == 0) continue;
                    sum += Recall(c);
                    classes++;
                }
                return sum / classes;
            }
        }

        /// <summary>Counts an example.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
        public void Add(int truth, int predicted)
        {
            _counts[Index(truth, predicted)]++;
            Count++;
        }

        /// <summary>The examples of a class.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
        public int CountOf(int truth)
        {
            int sum = 0;
            for (int predicted = 0; predicted < Classes.Count; predicted++) sum += this[truth, predicted];
            return sum;
        }

        /// <summary>The share of a class's examples that were taken for it.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
        public double Recall(int truth) => (double)this[truth, truth] / CountOf(truth);

        /// <summary>The share of what was taken for a class that is of it.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
        public double Precision(int predicted)
        {
            int sum = 0;
            for (int truth = 0; truth < Classes.Count; truth++) sum += this[truth, predicted];
            return (double)this[predicted, predicted] / sum;
        }

        /// <summary>The counts, row after row of the true class: what a picture of the matrix takes.</summary>
        public int[] ToArray() => (int[])_counts.Clone();

        private int Index(int truth, int predicted)
        {
            if ((uint)truth >= (uint)Classes.Count || (uint)predicted >= (uint)Classes.Count)
                throw new ArgumentOutOfRangeException(nameof(truth), $"ConfusionCounts: expected classes 0 to {Classes.Count - 1}, got {truth} taken for {predicted}.");
            return truth * Classes.Count + predicted;
        }
    }
}
