using System;

namespace Recurrent
{
    /// <summary>
    /// Finds a name's position among many. The names are sorted rather than hashed, so that names chosen to collide
    /// cannot make a file slow to read.
    /// </summary>
    internal readonly struct NameIndex
    {
        private readonly string[] _sorted;
        private readonly int[] _positions;

        public NameIndex(string[] names)
        {
            _sorted = (string[])names.Clone();
            _positions = new int[names.Length];
            for (int i = 0; i < _positions.Length; i++) _positions[i] = i;
            Array.Sort(_sorted, _positions, StringComparer.Ordinal);
        }

        /// <summary>The position of <paramref name="name"/>, or −1.</summary>
        public int Find(string name)
        {
            int i = Array.BinarySearch(_sorted, name, StringComparer.Ordinal);
            return i < 0 ? -1 : _positions[i];
        }

        /// <summary>The position of a name that already stood before it, or −1.</summary>
        public int FindDuplicate()
        {
            for (int i = 1; i < _sorted.Length; i++)
                if (_sorted[i] == _sorted[i - 1]) return Math.Max(_positions[i], _positions[i - 1]);
            return -1;
        }
    }
}
