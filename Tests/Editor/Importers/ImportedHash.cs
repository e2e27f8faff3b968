using Recurrent.Diagnostics;

namespace RecurrentEditor.Tests
{
    /// <summary>
    /// A hash of what an importer makes of a file (FNV-1a of all bytes). Where it changes, Unity keeps what it made before, unless the importer's version rises with it.
    /// </summary>
    internal static class ImportedHash
    {
        public static string Of(byte[] bytes, StateCanvas picture, params int[] settings)
        {
            uint hash = 2166136261;
            void Take(byte value) => hash = (hash ^ value) * 16777619;
            foreach (byte value in bytes) Take(value);
            foreach (int setting in settings) Take((byte)setting);
            foreach (uint pixel in picture.Pixels)
                for (int shift = 0; shift < 32; shift += 8) Take((byte)(pixel >> shift));
            return hash.ToString("X8", System.Globalization.CultureInfo.InvariantCulture);
        }

        public const string Hint = "What the importer makes of a file is another now: raise its Version, and write down the new hash.";
    }
}
