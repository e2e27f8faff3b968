using System;
using System.Globalization;
using System.Linq;
using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

/// <summary>Fields and the values they stand for: a change of the field is applied at once; a change of the object is seen by the field within a tenth of a second.</summary>
public static class BindingExtensions
{
    public static void Bind(this VisualElement element, SerializedObject obj)
    {
        foreach (VisualElement one in element.WithDescendants().ToArray())
        {
            if (one is not IBindable bindable || string.IsNullOrEmpty(bindable.bindingPath) || bindable.binding != null) continue;
            if (obj.FindProperty(bindable.bindingPath) is { } property) bindable.BindProperty(property);
        }
    }

    public static void Unbind(this VisualElement element)
    {
        foreach (VisualElement one in element.WithDescendants())
        {
            if (one is not IBindable { binding: not null } bindable) continue;
            bindable.binding.Release();
            bindable.binding = null;
        }
    }

    public static void BindProperty(this IBindable field, SerializedProperty property)
    {
        field.bindingPath = property.propertyPath;
        field.binding?.Release();
        if (field is PropertyField whole)
        {
            whole.Fill(property);
            return;
        }

        field.binding = PropertyBinding.Between(field, property.Copy());
    }

    public static void TrackPropertyValue(this VisualElement element, SerializedProperty property, Action<SerializedProperty> callback = null)
    {
        SerializedProperty tracked = property.Copy();
        object before = tracked.boxedValue;
        element.schedule.Execute(() =>
        {
            if (tracked.serializedObject.targetObject == null || Equals(before, tracked.Value)) return;
            before = tracked.boxedValue;
            callback?.Invoke(tracked);
        }).Every(100);
    }

    public static void TrackSerializedObjectValue(this VisualElement element, SerializedObject obj, Action<SerializedObject> callback = null)
    {
        string before = Said();
        element.schedule.Execute(() =>
        {
            if (obj.targetObject == null || Said() is var now && now == before) return;
            before = now;
            callback?.Invoke(obj);
        }).Every(100);

        string Said() => string.Join("|", obj.Paths().Where(path => path != SerializedProperty.Script).Select(path => Convert.ToString(new SerializedProperty(obj, path).Value, CultureInfo.InvariantCulture)));
    }
}
