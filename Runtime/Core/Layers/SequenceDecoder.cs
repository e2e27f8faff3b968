using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// Runs an <see cref="EncoderDecoder"/> freely: every step is fed what was put out before. With a beam of 1 the likeliest symbol is taken at every step (greedy);
    /// with a wider one that many beginnings are kept at every step, the likeliest of all continuations, and the likeliest whole sequence among them is found.
    /// Takes its memory once; only results are allocated later. Not thread-safe; several may share a layer.
    /// </summary>
    public sealed unsafe class SequenceDecoder : IDisposable
    {
        private readonly EncoderDecoder _layer;
        private readonly PassMemory _encoderMemory, _decoderMemory;
        private readonly EncoderPass _encoder;
        private readonly DecoderPass _decoder;
        private readonly int _start, _end, _states;
        private readonly float* _state, _nextState;      // (beam, state of the decoder)
        private readonly int[] _symbols, _parents;       // (steps, beam): what was put out, after which row of the step before
        private readonly float[] _attention;             // (steps, beam, source steps)
        private readonly double[] _scores, _nextScores;  // (beam)
        private readonly Candidate[] _candidates;
        private readonly List<DecodedSequence> _found = new List<DecodedSequence>();
        private int _count;

        /// <summary>Takes the memory.</summary>
        /// <param name="layer">What is run.</param>
        /// <param name="start">The target symbol that is fed at the first step; not looked at where no symbols are fed.</param>
        /// <param name="end">The target symbol that ends a sequence; −1 where all have <paramref name="maxSteps"/>.</param>
        /// <param name="maxSourceSteps">The longest source.</param>
        /// <param name="maxSteps">The most symbols of a target, its end counted.</param>
        /// <param name="beamWidth">How many beginnings are kept; 1 for greedy.</param>
        /// <param name="kernels">What computes; <see cref="KernelSet.Default"/> if null.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or a symbol is none of the layer's.</exception>
        public SequenceDecoder(EncoderDecoder layer, int start, int end, int maxSourceSteps, int maxSteps, int beamWidth = 1, KernelSet? kernels = null)
        {
            _layer = layer ?? throw new ArgumentNullException(nameof(layer));
            if (maxSourceSteps < 1) throw new ArgumentOutOfRangeException(nameof(maxSourceSteps), $"{layer}: expected a source of at least 1 step, got {maxSourceSteps}.");
            if (maxSteps < 1) throw new ArgumentOutOfRangeException(nameof(maxSteps), $"{layer}: expected a target of at least 1 step, got {maxSteps}.");
            if (beamWidth < 1) throw new ArgumentOutOfRangeException(nameof(beamWidth), $"{layer}: expected a beam of at least 1, got {beamWidth}.");
            if (layer.Joins.FeedsSymbols && (start < 0 || start >= layer.TargetSymbols)) throw new ArgumentOutOfRangeException(nameof(start), $"{layer}: expected a start symbol 0 … {layer.TargetSymbols - 1}, got {start}.");
            if (end < -1 || end >= layer.TargetSymbols) throw new ArgumentOutOfRangeException(nameof(end), $"{layer}: expected an end symbol 0 … {layer.TargetSymbols - 1} or −1, got {end}.");
            _start = layer.Joins.FeedsSymbols ? start : -1;
            _end = end;
            MaxSourceSteps = maxSourceSteps;
            MaxSteps = maxSteps;
            BeamWidth = beamWidth;
            kernels ??= KernelSet.Default;
            _encoderMemory = new PassMemory(kernels, maxSourceSteps, 1, training: false);
            _encoder = new EncoderPass(layer, _encoderMemory);
            _decoderMemory = new PassMemory(kernels, 1, beamWidth, training: false);
            _decoder = new DecoderPass(layer, _decoderMemory, _encoder, beamWidth);
            _states = layer.Decoder.StateSize;
            _state = _decoderMemory.Take((long)beamWidth * _states);
            _nextState = _decoderMemory.Take((long)beamWidth * _states);
            _symbols = new int[maxSteps * beamWidth];
            _parents = new int[maxSteps * beamWidth];
            _attention = new float[_decoder.Attention.Data == null ? 0 : maxSteps * beamWidth * maxSourceSteps];
            _scores = new double[beamWidth];
            _nextScores = new double[beamWidth];
            // Every beginning can end in one way, so that twice the beam always holds as many that go on.
            _candidates = new Candidate[2 * beamWidth];
        }

        /// <summary>The longest source.</summary>
        public int MaxSourceSteps { get; }

        /// <summary>The most symbols of a target, its end counted.</summary>
        public int MaxSteps { get; }

        /// <summary>How many beginnings are kept.</summary>
        public int BeamWidth { get; }

        /// <summary>The targets found for a source, the likeliest first, at least one. Those that did not come to an end only where none did.</summary>
        /// <param name="source">The source's symbols.</param>
        /// <exception cref="ArgumentException">The source is empty or too long, or has a symbol that is none.</exception>
        /// <exception cref="InvalidOperationException">The layer's weights give numbers that are not finite.</exception>
        /// <exception cref="ObjectDisposedException">The decoder was disposed.</exception>
        public IReadOnlyList<DecodedSequence> Decode(ReadOnlySpan<int> source)
        {
            if (_decoderMemory.Disposed) throw new ObjectDisposedException(nameof(SequenceDecoder));
            if (source.Length < 1 || source.Length > MaxSourceSteps) throw new ArgumentException($"{_layer}: the source has {source.Length} symbols, expected 1 to {MaxSourceSteps}.", nameof(source));
            Encode(source);
            _found.Clear();
            _scores[0] = 0;
            int rows = 1;
            for (int t = 0; t < MaxSteps && rows > 0 && !Decided(); t++)
            {
                Step(t, rows, source.Length);
                Rank(rows);
                rows = Choose(t, source.Length);
            }
            if (_found.Count == 0)
                for (int row = 0; row < rows; row++) _found.Add(Trace(MaxSteps, row, _scores[row], source.Length, ended: false));
            _found.Sort((a, b) => b.LogProbability.CompareTo(a.LogProbability));
            return _found.ToArray();
        }

        /// <summary>Frees the memory.</summary>
        public void Dispose()
        {
            _encoderMemory.Dispose();
            _decoderMemory.Dispose();
        }

        private void Encode(ReadOnlySpan<int> source)
        {
            for (int t = 0; t < source.Length; t++)
            {
                if (_layer.Source.IsNone(source[t])) throw new ArgumentException($"{_layer}: source symbol {t} is {source[t]}, which stands for none.", nameof(source));
                *_encoder.Symbols.At(t, 0) = source[t];
            }
            _layer.Prepare();
            *_encoder.Lengths = source.Length;
            _encoder.Forward(new Batch { Steps = source.Length, Rows = 1 }, WorkSlicer.Whole);
            _decoder.Begin(1, WorkSlicer.Whole);
            if (_layer.Joins.CarriesState) new ReadOnlySpan<float>(_encoder.FinalState, _states).CopyTo(new Span<float>(_state, _states));
            else new Span<float>(_state, _states).Clear();
        }

        /// <summary>Runs step t for the beginnings that are kept.</summary>
        private void Step(int t, int rows, int sourceSteps)
        {
            for (int row = 0; row < rows; row++) *_decoder.Symbols.At(0, row) = t == 0 ? _start : _symbols[(t - 1) * BeamWidth + row];
            _decoder.Forward(new Batch { Steps = 1, Rows = rows, State = _state, FinalState = _nextState, StateRow = _states }, WorkSlicer.Whole);
            if (_attention.Length == 0) return;
            for (int row = 0; row < rows; row++)
                new ReadOnlySpan<float>(_decoder.Attention.At(0, row), sourceSteps).CopyTo(_attention.AsSpan((t * BeamWidth + row) * MaxSourceSteps));
        }

        /// <summary>Finds the likeliest continuations of all beginnings, in order; of equal ones the first.</summary>
        private void Rank(int rows)
        {
            _count = 0;
            for (int row = 0; row < rows; row++)
            {
                var numbers = new ReadOnlySpan<float>(_decoder.Output.At(0, row), _layer.TargetSymbols);
                float largest = float.NegativeInfinity;
                foreach (float number in numbers) largest = Math.Max(largest, number);
                double sum = 0;
                foreach (float number in numbers) sum += Math.Exp(number - largest);
                if (!(sum > 0)) throw new InvalidOperationException($"{_layer}: puts out numbers that are not finite.");
                double scale = _scores[row] - largest - Math.Log(sum);
                for (int symbol = 0; symbol < numbers.Length; symbol++)
                    if (symbol != _start && symbol != _layer.Joins.TargetPadding) Insert(scale + numbers[symbol], row, symbol);
            }
        }

        private void Insert(double score, int row, int symbol)
        {
            int place = _count;
            while (place > 0 && _candidates[place - 1].Score < score) place--;
            if (place == _candidates.Length) return;
            if (_count < _candidates.Length) _count++;
            Array.Copy(_candidates, place, _candidates, place + 1, _count - place - 1);
            _candidates[place] = new Candidate { Score = score, Row = row, Symbol = symbol };
        }

        /// <summary>Keeps as many continuations as the beam is wide, and sets aside those that end before the last of them; returns how many are kept.</summary>
        private int Choose(int t, int sourceSteps)
        {
            int kept = 0;
            for (int i = 0; i < _count && kept < BeamWidth; i++)
            {
                Candidate candidate = _candidates[i];
                if (candidate.Symbol == _end)
                {
                    _found.Add(Trace(t, candidate.Row, candidate.Score, sourceSteps, ended: true));
                    continue;
                }
                _symbols[t * BeamWidth + kept] = candidate.Symbol;
                _parents[t * BeamWidth + kept] = candidate.Row;
                _nextScores[kept] = candidate.Score;
                new ReadOnlySpan<float>(_nextState + (long)candidate.Row * _states, _states).CopyTo(new Span<float>(_state + (long)kept * _states, _states));
                kept++;
            }
            Array.Copy(_nextScores, _scores, kept);
            return kept;
        }

        /// <summary>The first <paramref name="length"/> symbols of a beginning, from its row after the last of them.</summary>
        private DecodedSequence Trace(int length, int row, double score, int sourceSteps, bool ended)
        {
            var symbols = new int[length];
            var attention = new float[_attention.Length == 0 ? 0 : length * sourceSteps];
            for (int t = length - 1; t >= 0; t--)
            {
                symbols[t] = _symbols[t * BeamWidth + row];
                row = _parents[t * BeamWidth + row];
                if (attention.Length > 0) Array.Copy(_attention, (t * BeamWidth + row) * MaxSourceSteps, attention, t * sourceSteps, sourceSteps);
            }
            return new DecodedSequence(symbols, score, ended, attention);
        }

        /// <summary>Whether a whole sequence is at least as likely as all beginnings that are kept, which can only become less likely.</summary>
        private bool Decided()
        {
            foreach (DecodedSequence sequence in _found)
                if (sequence.LogProbability >= _scores[0]) return true;
            return false;
        }

        private struct Candidate
        {
            public double Score;
            public int Row, Symbol;
        }
    }
}
