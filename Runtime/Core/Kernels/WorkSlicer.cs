using System;
using System.Diagnostics;

namespace Recurrent
{
    /// <summary>
    /// Cuts work into pieces that end with a frame's budget and go on in the next. A stage of work is ordinary code that asks <see cref="Next"/>
    /// before every piece, and it is run again from its beginning until it is <see cref="Finished"/>: pieces that were done are passed over,
    /// those for which no time is left are left, and so pieces are numbered by the order in which the code comes to them. What stands between
    /// pieces must therefore bear being run again. What a stage is cut into depends on <see cref="Grain"/>, which stays the same within it.
    /// </summary>
    internal sealed unsafe class WorkSlicer
    {
        /// <summary>Columns at which a product may be cut: no kernel takes more at once, so that a cut changes no bit.</summary>
        public const int ColumnStep = 128;

        /// <summary>Does everything at once. Threads may share it.</summary>
        public static readonly WorkSlicer Whole = new WorkSlicer(0, whole: true);

        // What a piece is meant to take, and how long no clock is looked at where pieces take less; both a small part of a budget of 2 ms.
        private const double PieceSeconds = 60e-6, LookSeconds = 20e-6;

        private readonly double _pieceSeconds;

        // Ticks of the clock for a unit of work, learned as it goes; a nanosecond at first.
        private readonly double[] _rates = new double[Enum.GetNames(typeof(WorkKind)).Length];
        private readonly bool _whole;
        private readonly int _share, _shares;
        private WorkKind _kind;
        private int _done;
        private bool _any;
        private long _deadline, _mark, _spent, _credit;

        /// <param name="pieceSeconds">How long a piece is meant to take, where the work can be cut so.</param>
        public WorkSlicer(double pieceSeconds = PieceSeconds)
            : this(pieceSeconds, whole: false)
        {
        }

        private WorkSlicer(double pieceSeconds, bool whole)
        {
            _pieceSeconds = pieceSeconds;
            _whole = whole;
            Grain = long.MaxValue;
            for (int i = 0; i < _rates.Length; i++) _rates[i] = Stopwatch.Frequency * 1e-9;
        }

        /// <summary>
        /// Does one of <paramref name="shares"/> shares of a stage's pieces, which as many threads do at once; see <see cref="WorkerTeam.Share"/>. No clock is looked at.
        /// </summary>
        public WorkSlicer(int share, int shares)
            : this(0, whole: false)
        {
            _share = share;
            _shares = shares;
        }

        /// <summary>Whether nothing is cut.</summary>
        public bool IsWhole => _whole;

        /// <summary>The cost that a piece should have, where the work can be cut so.</summary>
        public long Grain { get; private set; }

        /// <summary>How many pieces of the stage the code has come to. 0 where nothing is cut.</summary>
        public int Index { get; private set; }

        /// <summary>Whether no time is left: no piece will be done before the next <see cref="Start"/>.</summary>
        public bool Stopped { get; private set; }

        /// <summary>Gives a new budget. At least one piece will be done, so that work goes on however small the budget is.</summary>
        public void Start(TimeSpan budget)
        {
            _mark = Stopwatch.GetTimestamp();
            double ticks = budget.TotalSeconds * Stopwatch.Frequency;
            _deadline = ticks < long.MaxValue / 4 ? _mark + (long)ticks : long.MaxValue / 2;
            _any = Stopped = false;
            _spent = _credit = 0;
            Index = 0;
        }

        /// <summary>Enters a stage, of which nothing is done yet.</summary>
        public void Begin(WorkKind kind)
        {
            if (_whole) return;
            Learn(Stopwatch.GetTimestamp());
            _kind = kind;
            _credit = 0;
            _done = Index = 0;
            Grain = Math.Max(1, (long)(_pieceSeconds * Stopwatch.Frequency / _rates[(int)kind]));
        }

        /// <summary>Whether to do a piece now.</summary>
        /// <param name="cost">What it costs, in units of the kind of work; roughly.</param>
        public bool Next(long cost) => _whole || (_shares > 0 ? Index++ % _shares == _share : Turn(cost));

        /// <summary>Whether the next <paramref name="pieces"/> were all done before; then they are passed over.</summary>
        public bool PassOver(int pieces)
        {
            if (pieces == 0 || _done - Index < pieces) return false;
            Index += pieces;
            return true;
        }

        /// <summary>After the code of a stage has run: whether all its pieces are done.</summary>
        public bool Finished()
        {
            if (_whole) return true;
            Index = 0;
            return !Stopped;
        }

        /// <summary>How many rows a piece should take.</summary>
        /// <param name="rows">How many there are.</param>
        /// <param name="step">It will be a multiple of this, or all.</param>
        /// <param name="cost">What one costs.</param>
        public int RowsOfPiece(int rows, int step, long cost)
        {
            if (_whole) return rows;
            long wanted = Grain / Math.Max(1, cost);
            return wanted >= rows ? rows : Math.Min(rows, Math.Max(step, (int)wanted / step * step));
        }

        /// <summary>Where a piece ends that begins with a row. No row is left alone: kernels compute a lone row in another order of sums.</summary>
        public static int EndOfPiece(int row, int size, int rows) => row + size >= rows - 1 ? rows : row + size;

        /// <summary>A product, cut between rows and, if that is not enough, between columns; no bit depends on it.</summary>
        public void Multiply(KernelSet kernels, in Product product)
        {
            if (_whole)
            {
                kernels.Multiply(product);
                return;
            }
            long depth = (long)product.First.Inner * product.First.Outer + (product.Segments == 2 ? (long)product.Second.Inner * product.Second.Outer : 0);
            int step = kernels.RowStep, columns = product.Columns;
            long fit = Grain / (Math.Min(step, product.Rows) * depth);
            if (fit < columns) columns = Math.Max(ColumnStep, (int)fit / ColumnStep * ColumnStep);
            int size = RowsOfPiece(product.Rows, step, columns * depth);
            for (int column = 0; column < product.Columns; column += columns)
            {
                int count = Math.Min(columns, product.Columns - column);
                for (int row = 0, end; row < product.Rows; row = end)
                {
                    end = EndOfPiece(row, size, product.Rows);
                    if (Next((end - row) * count * depth)) kernels.Multiply(product.Part(row, end - row, column, count));
                }
            }
        }

        private bool Turn(long cost)
        {
            if (Index < _done)
            {
                Index++;
                return false;
            }
            if (Stopped || (cost > _credit && !Extend(cost))) return false;
            _credit -= cost;
            _spent += cost;
            _any = true;
            Index = ++_done;
            return true;
        }

        /// <summary>Looks at the clock: whether a piece still fits, and how much may be done before the next look.</summary>
        private bool Extend(long cost)
        {
            long now = Stopwatch.GetTimestamp();
            Learn(now);
            double rate = _rates[(int)_kind], left = _deadline - now;
            if (_any && left < cost * rate)
            {
                Stopped = true;
                return false;
            }
            _credit = Math.Max(cost, (long)(Math.Min(left, LookSeconds * Stopwatch.Frequency) / rate));
            return true;
        }

        private void Learn(long now)
        {
            if (_spent > 0)
            {
                // A thread that was put to sleep says nothing about the work: no look counts for more than four times what was expected.
                ref double rate = ref _rates[(int)_kind];
                double seen = Math.Min(4 * rate, (double)(now - _mark) / _spent);
                rate += 0.2 * (seen - rate);
            }
            _mark = now;
            _spent = 0;
        }
    }
}
