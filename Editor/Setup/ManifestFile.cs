using System.IO;
using System.Linq;
using System.Text;

namespace RecurrentEditor.Setup
{
    /// <summary>The manifest on disk: written whole or not at all, and only over what was read.</summary>
    internal static class ManifestFile
    {
        /// <summary>Where it is, seen from the project's folder, in which the editor runs.</summary>
        public const string Place = "Packages/manifest.json";

        /// <summary>Its text, or null.</summary>
        public static string? Read() => File.Exists(Place) ? File.ReadAllText(Place) : null;

        /// <summary>Puts a text in the place of another.</summary>
        /// <exception cref="IOException">The file says something else by now, or cannot be written; it is as it was.</exception>
        public static void Replace(string before, string after)
        {
            byte[] bytes = File.ReadAllBytes(Place);
            if (File.ReadAllText(Place) != before) throw new IOException($"{Place} was changed meanwhile; nothing was written.");
            byte[] mark = Encoding.UTF8.GetPreamble();
            bool isMarked = bytes.Length >= mark.Length && bytes.Take(mark.Length).SequenceEqual(mark);
            string beside = Place + ".new";
            try
            {
                using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
                {
                    byte[] text = new UTF8Encoding(false).GetBytes(after);
                    if (isMarked) file.Write(mark, 0, mark.Length);
                    file.Write(text, 0, text.Length);
                    file.Flush(true);
                }

                File.Replace(beside, Place, null);
            }
            finally
            {
                if (File.Exists(beside)) File.Delete(beside);
            }
        }
    }
}
