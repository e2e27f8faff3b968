using UnityEngine;
using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

public class ColorField : BaseField<Color>
{
    public ColorField() : this(null)
    {
    }

    public ColorField(string label) : base(label)
    {
    }

    public bool showAlpha { get; set; } = true;
}
