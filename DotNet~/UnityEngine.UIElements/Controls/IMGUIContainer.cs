using System;

namespace UnityEngine.UIElements;

/// <summary>Drawn by the old user interface: kept, never drawn.</summary>
public class IMGUIContainer : VisualElement
{
    public IMGUIContainer()
    {
    }

    public IMGUIContainer(Action onGUIHandler) => this.onGUIHandler = onGUIHandler;

    public Action onGUIHandler { get; set; }
}
