namespace UnityEngine.UIElements;

public abstract class Focusable : CallbackEventHandler
{
    protected Focusable() => focusable = true;

    public abstract FocusController focusController { get; }

    public bool focusable { get; set; }

    public int tabIndex { get; set; }

    public bool delegatesFocus { get; set; }

    public virtual bool canGrabFocus => focusable;

    public virtual void Focus() => focusController?.Take(this);

    public virtual void Blur()
    {
        if (focusController?.focusedElement == this) focusController.Take(null);
    }
}
