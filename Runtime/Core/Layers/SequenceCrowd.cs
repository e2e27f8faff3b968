using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// Many sequences that one model carries forward together, as one batch a step: each member has its own state, and members join and leave between
    /// steps without touching anybody else's. A step gives every member what a <see cref="SequenceStream"/> of its own would, and allocates nothing; joining
    /// allocates when there is no room left, and then doubles it.
    /// </summary>
    public sealed class SequenceCrowd : IDisposable
    {
        // Rows that are computed together: enough to share each read of the weights, few enough for their gates to stay in the first cache.
        private const int PieceRows = 64;

        private readonly Layer _layer;
        private readonly WorkerTeam _team;
        private readonly Action<int, int> _stepPiece;
        private readonly SequencePass[] _passes;
        private readonly int _inputSize, _outputSize, _stateSize;
        private float[] _inputs, _outputs, _states;
        private int[] _rows, _members;
        private CrowdObserver[] _observers = Array.Empty<CrowdObserver>();
        private int _nextFree;
        private bool _disposed;

        /// <summary>Begins without members.</summary>
        /// <param name="layer">The layer or model.</param>
        /// <param name="capacity">For how many members there is room at first.</param>
        /// <param name="threads">How many threads share a step, the caller included; worth it from some hundred members on.</param>
        /// <param name="kernels">What computes; <see cref="KernelSet.Default"/> if null.</param>
        /// <exception cref="ArgumentException">The layer needs the whole sequence: it is, or holds, a bidirectional one.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The capacity or the number of threads is below 1.</exception>
        public SequenceCrowd(Layer layer, int capacity = 64, int threads = 1, KernelSet? kernels = null)
        {
            _layer = layer ?? throw new ArgumentNullException(nameof(layer));
            if (layer.NeedsWholeSequence) throw new ArgumentException($"{layer}: reads the sequence from its end too, and so cannot be fed step by step.", nameof(layer));
            if (capacity < 1) throw new ArgumentOutOfRangeException(nameof(capacity), $"SequenceCrowd: expected room for at least 1 member, got {capacity}.");
            if (threads < 1) throw new ArgumentOutOfRangeException(nameof(threads), $"SequenceCrowd: expected at least 1 thread, got {threads}.");
            _inputSize = layer.InputSize;
            _outputSize = layer.OutputSize;
            _stateSize = layer.StateSize;
            _inputs = new float[capacity * _inputSize];
            _outputs = new float[capacity * _outputSize];
            _states = new float[capacity * _stateSize];
            _rows = new int[capacity];
            _members = new int[capacity];
            LinkFree(0);
            _passes = new SequencePass[threads];
            for (int i = 0; i < threads; i++) _passes[i] = new SequencePass(layer, PieceRows, 1, training: false, kernels);
            _stepPiece = StepPiece;
            _team = new WorkerTeam(threads);
        }

        /// <summary>What every member runs.</summary>
        public Layer Layer => _layer;

        /// <summary>How many members there are.</summary>
        public int Count { get; private set; }

        /// <summary>For how many members there is room before joining allocates.</summary>
        public int Capacity => _rows.Length;

        /// <summary>Adds a member, with a state of zero and an input and an output of zero.</summary>
        /// <returns>The member's number. A number is given anew once its member has left.</returns>
        public int Join()
        {
            CheckUsable();
            if (Count == Capacity) Grow();
            int member = _nextFree, row = Count++;
            _nextFree = ~_rows[member];
            _rows[member] = row;
            _members[row] = member;
            Array.Clear(_inputs, row * _inputSize, _inputSize);
            Array.Clear(_outputs, row * _outputSize, _outputSize);
            Array.Clear(_states, row * _stateSize, _stateSize);
            return member;
        }

        /// <summary>Takes a member out. Everybody else's state, input and output stay as they are; spans of them do not.</summary>
        /// <exception cref="ArgumentException">There is no such member.</exception>
        public void Leave(int member)
        {
            int row = Row(member), last = --Count;
            // The number goes to somebody else one day.
            if (_observers.Length > 0) _observers = Array.FindAll(_observers, observer => observer.Member != member);
            if (row != last)
            {
                Array.Copy(_inputs, last * _inputSize, _inputs, row * _inputSize, _inputSize);
                Array.Copy(_outputs, last * _outputSize, _outputs, row * _outputSize, _outputSize);
                Array.Copy(_states, last * _stateSize, _states, row * _stateSize, _stateSize);
                int moved = _members[last];
                _members[row] = moved;
                _rows[moved] = row;
            }
            _rows[member] = ~_nextFree;
            _nextFree = member;
        }

        /// <summary>What a member's next step reads; it stays until it is written again. Valid until somebody joins or leaves.</summary>
        /// <exception cref="ArgumentException">There is no such member.</exception>
        public Span<float> Input(int member) => _inputs.AsSpan(Row(member) * _inputSize, _inputSize);

        /// <summary>What a member's last step gave. Valid until somebody joins or leaves.</summary>
        /// <exception cref="ArgumentException">There is no such member.</exception>
        public ReadOnlySpan<float> Output(int member) => _outputs.AsSpan(Row(member) * _outputSize, _outputSize);

        /// <summary>A member's state, to be saved, restored or cleared; see <see cref="Layer.StateSize"/>. Valid until somebody joins or leaves.</summary>
        /// <exception cref="ArgumentException">There is no such member.</exception>
        public Span<float> State(int member) => _states.AsSpan(Row(member) * _stateSize, _stateSize);

        /// <summary>Carries all members one step forward.</summary>
        /// <exception cref="ObjectDisposedException">The crowd was disposed.</exception>
        public void Step()
        {
            CheckUsable();
            // All passes share the packed weights, which only one of them may bring up to date.
            _layer.Prepare();
            _team.Run((Count + PieceRows - 1) / PieceRows, _stepPiece);
            foreach (CrowdObserver observer in _observers) observer.End();
        }

        /// <summary>The recurrent cells; see <see cref="SequencePass.Watch"/>.</summary>
        internal IReadOnlyList<CellTap> Cells => _passes[0].Watch();

        /// <summary>Shows a member's steps to somebody from now on, until the member leaves.</summary>
        /// <exception cref="ArgumentException">There is no such member.</exception>
        internal void Add(CrowdObserver observer)
        {
            Row(observer.Member);
            // Their taps are made here, and not in a step.
            foreach (SequencePass pass in _passes) pass.Watch();
            Array.Resize(ref _observers, _observers.Length + 1);
            _observers[_observers.Length - 1] = observer;
        }

        /// <summary>Shows him nothing more.</summary>
        internal void Remove(CrowdObserver observer) => _observers = Array.FindAll(_observers, other => other != observer);

        /// <summary>Ends the threads and frees the memory.</summary>
        public void Dispose()
        {
            if (_disposed) return;
            _disposed = true;
            _team.Dispose();
            foreach (SequencePass pass in _passes) pass.Dispose();
        }

        private void StepPiece(int piece, int thread)
        {
            int first = piece * PieceRows, rows = Math.Min(PieceRows, Count - first);
            SequencePass pass = _passes[thread];
            Span<float> states = _states.AsSpan(first * _stateSize, rows * _stateSize);
            pass.Forward(_inputs.AsSpan(first * _inputSize, rows * _inputSize), rows, 1, states);
            pass.CopyOutput(_outputs.AsSpan(first * _outputSize, rows * _outputSize));
            pass.FinalState.CopyTo(states);
            if (_observers.Length > 0) Show(pass, first, rows);
        }

        private void Show(SequencePass pass, int first, int rows)
        {
            foreach (CrowdObserver observer in _observers)
            {
                int row = _rows[observer.Member], local = row - first;
                if ((uint)local < (uint)rows) observer.Observe(pass.Watch(), local, _inputs.AsSpan(row * _inputSize, _inputSize), _outputs.AsSpan(row * _outputSize, _outputSize));
            }
        }

        private void Grow()
        {
            int capacity = checked(2 * Capacity), free = Capacity;
            Array.Resize(ref _inputs, capacity * _inputSize);
            Array.Resize(ref _outputs, capacity * _outputSize);
            Array.Resize(ref _states, capacity * _stateSize);
            Array.Resize(ref _rows, capacity);
            Array.Resize(ref _members, capacity);
            LinkFree(free);
        }

        /// <summary>Chains the numbers from <paramref name="first"/> on: a free number's row is the complement of the next free number.</summary>
        private void LinkFree(int first)
        {
            for (int member = first; member < _rows.Length; member++) _rows[member] = ~(member + 1);
            _nextFree = first;
        }

        private int Row(int member)
        {
            CheckUsable();
            int row = (uint)member < (uint)_rows.Length ? _rows[member] : -1;
            return row >= 0 ? row : throw new ArgumentException($"SequenceCrowd: there is no member {member}.", nameof(member));
        }

        private void CheckUsable()
        {
            if (_disposed) throw new ObjectDisposedException(nameof(SequenceCrowd));
        }
    }
}
