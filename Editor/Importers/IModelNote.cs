using System.Collections.Generic;
using Recurrent;
using Recurrent.Components;

namespace RecurrentEditor
{
    /// <summary>What an optional assembly adds to the card of a model in the inspector. Register one with <see cref="ModelNotes"/>.</summary>
    public interface IModelNote
    {
        /// <summary>What it is about, which no other note is: "ONNX Runtime".</summary>
        public string Heading { get; }

        /// <summary>Headings and texts; none where there is nothing to say.</summary>
        /// <exception cref="ModelFileException">The asset's bytes are bad; the message stands in the note's place.</exception>
        public IReadOnlyList<KeyValuePair<string, string>> RowsOf(SequenceModelAsset asset);
    }
}
