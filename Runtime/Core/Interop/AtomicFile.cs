using System;
using System.IO;

namespace Recurrent
{
    /// <summary>Saves that are whole or not at all.</summary>
    public static class AtomicFile
    {
        /// <summary>
        /// Called after something was saved, here or by a recorder, on the thread that saved it. Where files live in memory and are kept by somebody else, as in a browser, he keeps them now.
        /// </summary>
        public static Action? Saved { get; set; }

        /// <summary>
        /// Writes a file so that its path holds the old content or the new one at any moment, whatever is killed when:
        /// into a temporary file beside it, flushed to the disk, then renamed over it. If <paramref name="write"/> throws, the old file stays and
        /// the temporary one is removed. A killed process may leave a temporary file (<c>name.*.tmp</c>) behind, never half of <paramref name="path"/>.
        /// </summary>
        /// <param name="path">The file to create or replace; its folder must exist.</param>
        /// <param name="write">Writes the content into the stream it is given, which is closed for it.</param>
        /// <exception cref="IOException">The file cannot be written; the old one is as it was.</exception>
        public static void Write(string path, Action<Stream> write)
        {
            string target = Path.GetFullPath(path);
            string temporary = target + "." + Guid.NewGuid().ToString("N") + ".tmp";
            try
            {
                using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                {
                    write(stream);
                    stream.Flush(flushToDisk: true);
                }
                Rename(temporary, target);
                Saved?.Invoke();
            }
            catch
            {
                TryDelete(temporary);
                throw;
            }
        }

        private static void Rename(string source, string target)
        {
            if (!File.Exists(target))
            {
                try
                {
                    File.Move(source, target);
                    return;
                }
                catch (IOException) when (File.Exists(target))
                {
                    // Someone else made it meanwhile.
                }
            }
            File.Replace(source, target, null);
        }

        private static void TryDelete(string path)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception exception) when (exception is IOException || exception is UnauthorizedAccessException)
            {
                // What stopped the save is what the caller must hear of.
            }
        }
    }
}
