using System;

namespace UnityEngine.UIElements;

public interface IPanel : IDisposable
{
    public VisualElement visualTree { get; }

    public FocusController focusController { get; }

    public VisualElement Pick(Vector2 point);
}
