namespace UnityEngine;

public class GUIUtility
{
    public static string systemCopyBuffer { get; set; } = "";
}
