namespace UnityEngine;

/// <summary>Of the old user interface, which the double does not draw: a name that signatures mention.</summary>
public sealed class GUIStyle
{
    public GUIStyle()
    {
    }

    public string name { get; set; } = "";
}
