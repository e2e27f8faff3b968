using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// Pairs of symbol sequences for an <see cref="EncoderDecoder"/>: an input step has a source symbol and the symbol that the decoder is fed, −1 where a sequence has ended;
    /// a target row is the symbol that comes next, or what cross-entropy ignores.
    /// </summary>
    internal sealed class TextPairDataset : SequenceDataset
    {
        private const float Ignored = -100;

        private readonly IReadOnlyList<int[]> _sources, _fed, _targets;

        /// <param name="sources">As the encoder reads them.</param>
        /// <param name="fed">What the decoder is fed, step by step.</param>
        /// <param name="targets">What it should put out, step by step; as long as what it is fed.</param>
        public TextPairDataset(IReadOnlyList<int[]> sources, IReadOnlyList<int[]> fed, IReadOnlyList<int[]> targets)
        {
            _sources = sources;
            _fed = fed;
            _targets = targets;
            for (int i = 0; i < sources.Count; i++) MaxSteps = Math.Max(MaxSteps, StepsOf(i));
        }

        public override int Count => _sources.Count;

        public override int InputSize => 2;

        public override int TargetSize => 1;

        public override int MaxSteps { get; }

        public override int MaxTargetSteps => MaxSteps;

        protected override int StepsOf(int index) => Math.Max(_sources[index].Length, _targets[index].Length);

        protected override int TargetStepsOf(int index) => StepsOf(index);

        protected override void Copy(int index, Span<float> input, Span<float> target)
        {
            int[] source = _sources[index], fed = _fed[index], next = _targets[index];
            for (int t = 0; t < target.Length; t++)
            {
                input[2 * t] = t < source.Length ? source[t] : -1;
                input[2 * t + 1] = t < fed.Length ? fed[t] : -1;
                target[t] = t < next.Length ? next[t] : Ignored;
            }
        }
    }
}
