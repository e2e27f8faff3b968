namespace UnityEngine.UIElements;

/// <summary>A .uss file: kept as its text, for nothing here is styled by it.</summary>
public class StyleSheet : ScriptableObject
{
    internal string Text { get; set; } = "";
}
