using System;
using UnityEngine;

namespace UnityEngine.UIElements;

public interface IPanel : IDisposable
{
    VisualElement visualTree { get; }

    FocusController focusController { get; }

    VisualElement Pick(Vector2 point);
}
