using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

public sealed class SerializedPropertyChangeEvent : EventBase<SerializedPropertyChangeEvent>
{
    public SerializedProperty changedProperty { get; set; }
}
