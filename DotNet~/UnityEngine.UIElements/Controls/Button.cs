using System;

namespace UnityEngine.UIElements;

public class Button : TextElement
{
    public static readonly string ussClassName = "unity-button";

    private Clickable _clickable;

    public Button() : this(null)
    {
    }

    public Button(Action clickEvent)
    {
        AddToClassList(ussClassName);
        focusable = true;
        clickable = new Clickable(clickEvent);
    }

    public event Action clicked
    {
        add => _clickable.clicked += value;
        remove => _clickable.clicked -= value;
    }

    public Clickable clickable
    {
        get => _clickable;
        set
        {
            if (_clickable != null) this.RemoveManipulator(_clickable);
            _clickable = value;
            this.AddManipulator(value);
        }
    }
}
