using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Recurrent.Onnx
{
    /// <summary>
    /// The data that a model keeps in files beside it. Only plain files in the model's own folder or below are opened, never through a link,
    /// and no more bytes are read from a file than it has.
    /// </summary>
    internal sealed class ExternalData
    {
        private readonly string _path;
        private readonly string? _folder;
        private readonly Dictionary<(string File, long Offset, int Length), byte[]> _regions = new Dictionary<(string, long, int), byte[]>();
        private readonly Dictionary<string, long> _unread = new Dictionary<string, long>(StringComparer.Ordinal);

        public ExternalData(string path, string? folder)
        {
            _path = path;
            _folder = folder;
        }

        /// <summary>The bytes of one tensor; tensors that share a region share the array.</summary>
        public byte[] Load(string tensor, IReadOnlyDictionary<string, string>? entries, int length)
        {
            string who = $"tensor '{tensor}'";
            if (entries == null || !entries.TryGetValue("location", out string? location) || location.Length == 0)
                throw Fail($"{who} has its data in another file and does not say which");
            if (_folder == null)
                throw Fail($"{who} has its data in the file '{location}', but the model was read from memory: read it from its path");
            long offset = Number(who, entries, "offset", 0);
            if (Number(who, entries, "length", length) != length)
                throw Fail(FormattableString.Invariant($"{who} has {length} bytes by its shape, {entries["length"]} in '{location}'"));

            string file = Resolve(who, location);
            if (_regions.TryGetValue((file, offset, length), out byte[]? bytes))
                return bytes;
            try
            {
                if (!_unread.TryGetValue(file, out long unread))
                    unread = new FileInfo(file).Length;
                // Regions that overlap without being the same would let a small file claim any amount of memory.
                if (unread < length)
                    throw Fail($"{who}: '{location}' has fewer bytes than its tensors need");
                using FileStream stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
                if (offset > stream.Length - length)
                    throw Fail(FormattableString.Invariant($"{who}: '{location}' has {stream.Length} bytes, the tensor ends at {(decimal)offset + length}"));
                bytes = new byte[length];
                stream.Position = offset;
                for (int done = 0; done < length;)
                {
                    int read = stream.Read(bytes, done, length - done);
                    if (read == 0)
                        throw Fail($"{who}: '{location}' ended early");
                    done += read;
                }
                _unread[file] = unread - length;
            }
            catch (Exception e) when (!(e is ModelFileException) && (e is IOException || e is UnauthorizedAccessException || e is NotSupportedException))
            {
                throw Fail($"{who}: {e.Message}");
            }
            _regions.Add((file, offset, length), bytes);
            return bytes;
        }

        private string Resolve(string who, string location)
        {
            // Both separators and the colon are refused as parts of a name on every system, so that a model means the same on all of them.
            string[] parts = location.Split('/', '\\');
            foreach (string part in parts)
                if (part.Length == 0 || part == "." || part == ".." || part.IndexOf(':') >= 0 || part.IndexOf('\0') >= 0)
                    throw Fail($"{who}: its file '{location}' is not a path inside the model's folder");

            string root = Path.GetFullPath(_folder!);
            string current = root;
            foreach (string part in parts)
            {
                current = Path.Combine(current, part);
                FileAttributes attributes;
                try
                {
                    attributes = File.GetAttributes(current);
                }
                catch (Exception e) when (e is IOException || e is UnauthorizedAccessException || e is ArgumentException || e is NotSupportedException)
                {
                    throw Fail($"{who}: its file '{location}' cannot be opened: {e.Message}");
                }
                if ((attributes & (FileAttributes.ReparsePoint | FileAttributes.Device)) != 0)
                    throw Fail($"{who}: its file '{location}' is reached through a link or is a device");
            }
            string inside = root.EndsWith(Path.DirectorySeparatorChar.ToString(), StringComparison.Ordinal) ? root : root + Path.DirectorySeparatorChar;
            string full = Path.GetFullPath(current);
            if (!full.StartsWith(inside, StringComparison.Ordinal))
                throw Fail($"{who}: its file '{location}' is not inside the model's folder");
            return full;
        }

        private long Number(string who, IReadOnlyDictionary<string, string> entries, string key, long otherwise)
        {
            if (!entries.TryGetValue(key, out string? text))
                return otherwise;
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
                throw Fail($"{who}: the {key} '{text}' of its data is no number");
            return value;
        }

        private ModelFileException Fail(string reason) => new ModelFileException(_path, reason + ".");
    }
}
