using System.Collections.Generic;
using Recurrent;
using Recurrent.Components;

namespace RecurrentEditor
{
    /// <summary>
    /// What stands on the card of a model asset: what its bytes say, and what optional assemblies add, which register themselves when what they need is installed. Where one is not
    /// there, its place says what to install.
    /// </summary>
    public static class ModelNotes
    {
        private static readonly List<IModelNote> Registered = new List<IModelNote>();

        // What the package's own optional assemblies would say.
        private static readonly (string Heading, string Missing)[] Optional =
        {
            ("ONNX Runtime", "not installed; Recurrent / Set-up adds the package com.github.asus4.onnxruntime, or the Microsoft.ML.OnnxRuntime of NuGet"),
            ("Spectral radius", "needs MathNet.Numerics, which is not installed; Recurrent / Set-up adds it"),
        };

        /// <summary>Adds a note, in place of one with the same heading.</summary>
        public static void Register(IModelNote note)
        {
            Registered.RemoveAll(other => other.Heading == note.Heading);
            Registered.Add(note);
        }

        /// <summary>The card of an asset as headings and texts, notes and all.</summary>
        /// <exception cref="ModelFileException">The asset has no bytes, or bad ones.</exception>
        public static IReadOnlyList<KeyValuePair<string, string>> RowsOf(SequenceModelAsset asset)
        {
            var rows = new List<KeyValuePair<string, string>>(asset.Card.ToRows());
            foreach (IModelNote note in Registered)
            {
                try
                {
                    rows.AddRange(note.RowsOf(asset));
                }
                catch (ModelFileException e)
                {
                    rows.Add(new KeyValuePair<string, string>(note.Heading, e.Reason));
                }
            }
            foreach ((string heading, string missing) in Optional)
                if (!Registered.Exists(note => note.Heading == heading)) rows.Add(new KeyValuePair<string, string>(heading, missing));
            return rows;
        }
    }
}
