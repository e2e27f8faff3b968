using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent;
using Recurrent.Components;
using Recurrent.OnnxRuntime;
using UnityEditor;

namespace RecurrentEditor.OnnxRuntime
{
    /// <summary>Which ONNX Runtime is installed, what it can compute with, and what computes this model.</summary>
    public sealed class OnnxRuntimeNote : IModelNote
    {
        private const string Suffix = "ExecutionProvider";

        /// <inheritdoc/>
        public string Heading => "ONNX Runtime";

        /// <inheritdoc/>
        public IReadOnlyList<KeyValuePair<string, string>> RowsOf(SequenceModelAsset asset)
        {
            var rows = new List<KeyValuePair<string, string>>();
            void Row(string heading, string text) => rows.Add(new KeyValuePair<string, string>(heading, text));
            try
            {
                Row(Heading, OnnxRuntimeLibrary.Version);
                Row("Providers", string.Join(", ", OnnxRuntimeLibrary.Providers.Select(name => name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name)));
                if (asset.Backend == SequenceBackend.OnnxRuntime || (asset.Backend == SequenceBackend.Auto && asset.Format == ModelFormat.Onnx)) Row("Runs in", RunsIn(asset));
            }
            catch (NotSupportedException e)
            {
                Row(Heading, e.Message);
            }
            return rows;
        }

        private static string RunsIn(SequenceModelAsset asset)
        {
            try
            {
                using var session = new OnnxSequenceSession(asset.ToOnnx());
                return string.Join("; ", new[] { $"ONNX Runtime, {session.Provider}" }.Concat(session.Fallbacks));
            }
            catch (ArgumentException e)
            {
                return $"ONNX Runtime, where a script gives the sizes that the model leaves open: {e.Message}";
            }
            catch (Exception e) when (e is ModelFileException || e is NotSupportedException)
            {
                return $"not in ONNX Runtime: {(e is ModelFileException bad ? bad.Reason : e.Message)}";
            }
        }

        [InitializeOnLoadMethod]
        private static void Register() => ModelNotes.Register(new OnnxRuntimeNote());
    }
}
