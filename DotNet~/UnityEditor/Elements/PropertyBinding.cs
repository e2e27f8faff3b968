using System;
using System.Globalization;
using UnityEngine;
using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

/// <summary>One field and one property.</summary>
internal sealed class PropertyBinding : IBinding
{
    private readonly Action _show;
    private readonly Action _release;

    private PropertyBinding(Action show, Action release) => (_show, _release) = (show, release);

    public static PropertyBinding Between(IBindable field, SerializedProperty property) => (field, property.propertyType) switch
    {
        (INotifyValueChanged<int> number, _) => Make(number, property, () => property.intValue, value => property.intValue = value),
        (INotifyValueChanged<float> number, _) => Make(number, property, () => property.floatValue, value => property.floatValue = value),
        (INotifyValueChanged<bool> flag, _) => Make(flag, property, () => property.boolValue, value => property.boolValue = value),
        (INotifyValueChanged<Enum> choice, SerializedPropertyType.Enum) => Make(choice, property, () => (Enum)property.Value, value => property.Value = value),
        (INotifyValueChanged<UnityEngine.Object> reference, _) => Make(reference, property, () => property.objectReferenceValue, value => property.objectReferenceValue = value),
        (INotifyValueChanged<Color> color, _) => Make(color, property, () => property.colorValue, value => property.colorValue = value),
        (INotifyValueChanged<string> choice, SerializedPropertyType.Enum) => Make(choice, property, () => property.enumDisplayNames[property.enumValueIndex], value => property.enumValueIndex = Array.IndexOf(property.enumDisplayNames, value)),
        (INotifyValueChanged<string> text, _) => Make(text, property, () => Convert.ToString(property.Value, CultureInfo.InvariantCulture), value => property.stringValue = value),
        _ => new PropertyBinding(() => { }, () => { }),
    };

    public void PreUpdate()
    {
    }

    public void Update() => _show();

    public void Release() => _release();

    private static PropertyBinding Make<T>(INotifyValueChanged<T> field, SerializedProperty property, Func<T> read, Action<T> write)
    {
        var element = (VisualElement)field;
        EventCallback<ChangeEvent<T>> changed = e =>
        {
            if (e.target != field) return;
            write(e.newValue);
            property.serializedObject.ApplyModifiedProperties();
            using SerializedPropertyChangeEvent told = SerializedPropertyChangeEvent.GetPooled();
            told.changedProperty = property;
            told.target = element;
            element.SendEvent(told);
        };
        Show();
        field.RegisterValueChangedCallback(changed);
        IVisualElementScheduledItem polling = element.schedule.Execute(Show).Every(100);
        return new PropertyBinding(Show, () =>
        {
            field.UnregisterValueChangedCallback(changed);
            polling.Pause();
        });

        void Show()
        {
            if (property.serializedObject.targetObject != null && property.Exists) field.SetValueWithoutNotify(read());
        }
    }
}
