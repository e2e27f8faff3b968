using UnityEngine;

namespace UnityEngine.UIElements;

public interface IManipulator
{
    VisualElement target { get; set; }
}
