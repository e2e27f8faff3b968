using System;
using System.IO;

namespace Recurrent.Tests
{
    /// <summary>A folder that is gone when its test ends.</summary>
    internal sealed class TemporaryFolder : IDisposable
    {
        private readonly string _path = Path.Combine(Path.GetTempPath(), "recurrent-" + Guid.NewGuid().ToString("N"));

        public TemporaryFolder() => Directory.CreateDirectory(_path);

        public string this[string name] => Path.Combine(_path, name);

        /// <summary>Writes a file and returns its path.</summary>
        public string Write(string name, string text)
        {
            File.WriteAllText(this[name], text);
            return this[name];
        }

        public void Dispose() => Directory.Delete(_path, true);
    }
}
