using System;

namespace UnityEditor;

public sealed class ObjectNames
{
    /// <summary>m_learningRate and learningRate are "Learning Rate".</summary>
    public static string NicifyVariableName(string name)
    {
        if (name.StartsWith("m_", StringComparison.Ordinal)) name = name[2..];
        name = name.TrimStart('_');
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool starts = i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || i + 1 < name.Length && char.IsLower(name[i + 1]));
            if (starts) text.Append(' ');
            text.Append(i == 0 ? char.ToUpperInvariant(name[i]) : name[i]);
        }

        return text.ToString();
    }
}
