using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent;
using Recurrent.Analysis;
using Recurrent.Components;

namespace RecurrentEditor.Analysis
{
    /// <summary>
    /// The spectral radius of each gate's recurrent weights: below 1, a signal that only passes through them fades from step to step; above 1, it grows.
    /// </summary>
    public sealed class SpectralRadiusNote : IModelNote
    {
        private const string Weights = "weight_hh";
        private const int MostUnits = 256, MostCells = 8;

        // By the number of gates, in the order of PyTorch's rows.
        private static readonly string[][] Gates = { Array.Empty<string>(), new[] { "" }, Array.Empty<string>(), new[] { "r ", "z ", "n " }, new[] { "i ", "f ", "g ", "o " } };

        /// <inheritdoc/>
        public string Heading => "Spectral radius";

        /// <inheritdoc/>
        public IReadOnlyList<KeyValuePair<string, string>> RowsOf(SequenceModelAsset asset)
        {
            if (asset.Card.Layers == null) return Array.Empty<KeyValuePair<string, string>>();
            return RowsOf(asset.Model).Take(MostCells).Select(text => new KeyValuePair<string, string>(Heading, text)).ToArray();
        }

        /// <summary>A line for each recurrent cell of a model: <c>gru.weight_hh_l0: r 0.81, z 0.93, n 1.10</c>.</summary>
        public static IEnumerable<string> RowsOf(SequenceModel model)
        {
            foreach (Parameter parameter in model.Parameters)
            {
                if (parameter.Name.IndexOf(Weights, StringComparison.Ordinal) < 0 || parameter.Shape.Count != 2) continue;
                int units = parameter.Shape[1], gates = parameter.Shape[0] / units;
                // A projection makes the weights no square.
                if (gates >= Gates.Length || gates * units != parameter.Shape[0] || Gates[gates].Length == 0) continue;
                if (units > MostUnits) yield return FormattableString.Invariant($"{parameter.Name}: not measured, for {units} units are more than {MostUnits}");
                else yield return $"{parameter.Name}: " + string.Join(", ", Gates[gates].Select((gate, g) => gate + Radius(parameter, g, units).ToString("0.00", CultureInfo.InvariantCulture)));
            }
        }

        private static double Radius(Parameter weights, int gate, int units) => Eigenvalues.SpectralRadius(weights.Value.Slice(gate * units * units, units * units), units);
    }
}
