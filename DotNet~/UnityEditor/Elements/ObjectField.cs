using System;
using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

public class ObjectField : BaseField<UnityEngine.Object>
{
    public ObjectField() : this(null)
    {
    }

    public ObjectField(string label) : base(label)
    {
    }

    public Type objectType { get; set; } = typeof(UnityEngine.Object);

    public bool allowSceneObjects { get; set; } = true;
}
