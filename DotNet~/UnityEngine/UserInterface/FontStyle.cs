namespace UnityEngine;

public enum FontStyle
{
    Normal = 0,
    Bold = 1,
    Italic = 2,
    BoldAndItalic = 3,
}
