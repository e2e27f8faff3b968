using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;

namespace RecurrentEditor.Tests
{
    public sealed class ModelNotesTests
    {
        [Test]
        public void WhatIsNotInstalledSaysSo()
        {
            SequenceModelAsset asset = SequenceModelAsset.Create(ProjectFolder.Model());
            IReadOnlyList<KeyValuePair<string, string>> rows = ModelNotes.RowsOf(asset);
            Assert.That(rows.Take(2).Select(row => row.Key), Is.EqualTo(new[] { "Format", "Made by" }));
            foreach (string heading in new[] { "ONNX Runtime", "Spectral radius" })
            {
                // In a project that has them, their own notes stand there.
                string text = rows.First(row => row.Key == heading).Value;
                Assert.That(text, Does.Contain("Recurrent / Set-up").Or.Match("[0-9]"));
            }
        }

        [Test]
        public void ANoteIsAddedOnceAndMayFail()
        {
            var note = new Weather { Text = "sunny" };
            ModelNotes.Register(new Weather { Text = "forgotten" });
            ModelNotes.Register(note);
            SequenceModelAsset asset = SequenceModelAsset.Create(ProjectFolder.Model());
            Assert.That(ModelNotes.RowsOf(asset).Where(row => row.Key == note.Heading).Select(row => row.Value), Is.EqualTo(new[] { "sunny" }));
            note.Text = null;
            Assert.That(ModelNotes.RowsOf(asset).Where(row => row.Key == note.Heading).Select(row => row.Value), Is.EqualTo(new[] { "fog" }));
            note.Text = "";
            Assert.That(ModelNotes.RowsOf(asset).Select(row => row.Key), Has.None.EqualTo(note.Heading));
        }

        private sealed class Weather : IModelNote
        {
            public string? Text { get; set; }

            public string Heading => "Weather of the tests";

            public IReadOnlyList<KeyValuePair<string, string>> RowsOf(SequenceModelAsset asset) =>
                Text == null ? throw new ModelFileException("sky", "fog")
                : Text.Length == 0 ? new KeyValuePair<string, string>[0] : new[] { new KeyValuePair<string, string>(Heading, Text) };
        }
    }
}
