using System;

namespace UnityEngine.UIElements;

public class RepeatButton : TextElement
{
    private Action _click;

    public RepeatButton()
    {
    }

    public RepeatButton(Action clickEvent, long delay, long interval) : this() => SetAction(clickEvent, delay, interval);

    /// <summary>The double clicks once, however long it is held.</summary>
    public void SetAction(Action clickEvent, long delay, long interval)
    {
        if (_click == null) this.AddManipulator(new Clickable(() => _click()));
        _click = clickEvent;
    }
}
