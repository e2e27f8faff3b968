using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

public class SerializedPropertyChangeEvent : EventBase<SerializedPropertyChangeEvent>
{
    public SerializedProperty changedProperty { get; internal set; }
}
