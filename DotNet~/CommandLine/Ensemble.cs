using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.CommandLine;

/// <summary>
/// Several networks of one shape as a single one that computes the mean of their outputs. The networks stand side by side in wider layers: what one
/// member's units give to another's is zero, and the head takes the mean. So an ensemble is an ordinary model, in an ordinary file.
/// </summary>
internal static class Ensemble
{
    /// <summary>Joins networks that <paramref name="settings"/> made. A single one is returned as it is.</summary>
    public static SequenceModel Join(ForecastSettings settings, IReadOnlyList<SequenceModel> members)
    {
        if (members.Count == 1) return members[0];
        SequenceModel joined = (settings with { Hidden = settings.Hidden * members.Count }).CreateModel(0);
        foreach (Parameter parameter in joined.Parameters)
        {
            Parameter[] parts = members.Select(member => member.Store[parameter.Name]).ToArray();
            var values = new float[parameter.Length];
            if (parameter.Name.StartsWith("head.", StringComparison.Ordinal)) JoinHead(parts, values);
            else JoinGates(parts, settings.Hidden, values);
            parameter.Set(values);
        }
        return joined;
    }

    /// <summary>(O, H) of every member to (O, K·H), and (O) to (O): the mean of what the members give.</summary>
    private static void JoinHead(Parameter[] parts, float[] values)
    {
        bool isBias = parts[0].Shape.Count == 1;
        int outputs = parts[0].Shape[0], hidden = parts[0].Length / outputs, row = isBias ? 1 : parts.Length * hidden;
        for (int k = 0; k < parts.Length; k++)
            for (int o = 0; o < outputs; o++)
                for (int u = 0; u < hidden; u++) values[o * row + (isBias ? 0 : k * hidden + u)] += parts[k].Value[o * hidden + u] / parts.Length;
    }

    /// <summary>
    /// (G·H, C) of every member to (G·K·H, K·C) with zeros between the members, or to (G·K·H, C) where all read the same input; (G·H) to (G·K·H).
    /// </summary>
    private static void JoinGates(Parameter[] parts, int hidden, float[] values)
    {
        int rows = parts[0].Shape[0], columns = parts[0].Length / rows, row = values.Length / (rows * parts.Length);
        for (int k = 0; k < parts.Length; k++)
            for (int r = 0; r < rows; r++)
            {
                int gate = r / hidden, unit = r % hidden, first = row == columns ? 0 : k * columns;
                for (int c = 0; c < columns; c++) values[((gate * parts.Length + k) * hidden + unit) * row + first + c] = parts[k].Value[r * columns + c];
            }
    }
}
