using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

public abstract class SearchFieldBase<TextInputType, T> : VisualElement, INotifyValueChanged<T> where TextInputType : TextInputBaseField<T>, new()
{
    protected SearchFieldBase() => hierarchy.Add(textInputField);

    public T value
    {
        get => textInputField.value;
        set => textInputField.value = value;
    }

    protected TextInputType textInputField { get; } = new();

    public virtual void SetValueWithoutNotify(T newValue) => textInputField.SetValueWithoutNotify(newValue);
}
