using System;

namespace Recurrent.Diagnostics
{
    /// <summary>A published table of 256 colours, from the lowest to the highest value.</summary>
    public sealed class ColorMap
    {
        private readonly uint[] _colors;

        /// <summary>How many colours a map has.</summary>
        public const int Length = 256;

        /// <summary>Diverging, dark in the middle: for signed values on the dark skin. Crameri's "berlin", Scientific colour maps 8.0 (doi:10.5281/zenodo.8035877).</summary>
        public static readonly ColorMap Berlin = new ColorMap("berlin", ColorMapTables.Berlin);

        /// <summary>Diverging, light in the middle: for signed values on the light skin. Crameri's "vik", Scientific colour maps 8.0 (doi:10.5281/zenodo.8035877).</summary>
        public static readonly ColorMap Vik = new ColorMap("vik", ColorMapTables.Vik);

        /// <summary>Sequential, for gates from shut to open: Nuñez, Anderton and Renslow, "cividis" (doi:10.1371/journal.pone.0199239).</summary>
        public static readonly ColorMap Cividis = new ColorMap("cividis", ColorMapTables.Cividis);

        /// <summary>Sequential, for gradients and magnitudes: van der Walt and Smith, "magma" (2015).</summary>
        public static readonly ColorMap Magma = new ColorMap("magma", ColorMapTables.Magma);

        /// <summary>The name it was published under.</summary>
        public string Name { get; }

        private ColorMap(string name, string table)
        {
            Name = name;
            byte[] channels = Convert.FromBase64String(table);
            _colors = new uint[Length];
            for (int i = 0; i < Length; i++) _colors[i] = new Rgba(channels[3 * i], channels[3 * i + 1], channels[3 * i + 2]).Packed;
        }

        /// <summary>The colour at a place of the table, 0 … 255.</summary>
        public Rgba this[int index] => new Rgba(_colors[index]);

        internal uint[] Packed => _colors;
    }
}
