using System;
using System.Collections.Generic;

namespace UnityEngine.UIElements;

public class PopupField<T> : BasePopupField<T, T>
{
    public PopupField() : this((string)null)
    {
    }

    public PopupField(string label = null) : base(label)
    {
    }

    public PopupField(List<T> choices, int defaultIndex, Func<T, string> formatSelectedValueCallback = null, Func<T, string> formatListItemCallback = null)
        : this(null, choices, defaultIndex, formatSelectedValueCallback, formatListItemCallback)
    {
    }

    public PopupField(string label, List<T> choices, int defaultIndex, Func<T, string> formatSelectedValueCallback = null, Func<T, string> formatListItemCallback = null) : this(label)
    {
        this.choices = choices ?? throw new ArgumentNullException(nameof(choices));
        this.formatSelectedValueCallback = formatSelectedValueCallback;
        this.formatListItemCallback = formatListItemCallback;
        if (defaultIndex >= 0) SetValueWithoutNotify(choices[defaultIndex]);
    }

    public virtual Func<T, string> formatSelectedValueCallback { get; set; }

    public virtual Func<T, string> formatListItemCallback { get; set; }

    public int index
    {
        get => choices?.IndexOf(value) ?? -1;
        set => this.value = value >= 0 && value < choices.Count ? choices[value] : default;
    }

    internal override string TextOf(T value) => formatSelectedValueCallback?.Invoke(value) ?? value?.ToString() ?? "";
}
