using System;
using System.Reflection;
using UnityEngine;
using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

/// <summary>The field that fits a property, made when it is bound.</summary>
public class PropertyField : VisualElement, IBindable
{
    public static readonly string ussClassName = "unity-property-field";

    public PropertyField() : this(null)
    {
    }

    public PropertyField(SerializedProperty property) : this(property, null)
    {
    }

    public PropertyField(SerializedProperty property, string label)
    {
        AddToClassList(ussClassName);
        this.label = label;
        if (property != null) bindingPath = property.propertyPath;
    }

    public IBinding binding { get; set; }

    public string bindingPath { get; set; }

    public string label { get; set; }

    public void RegisterValueChangeCallback(EventCallback<SerializedPropertyChangeEvent> callback) => RegisterCallback(callback);

    internal void Fill(SerializedProperty property)
    {
        Clear();
        string title = label ?? property.displayName;
        tooltip = property.tooltip;
        RangeAttribute range = property.DeclaredType == null ? null : new PropertyPath(property.propertyPath).FieldIn(property.serializedObject.targetObject.GetType())?.GetCustomAttribute<RangeAttribute>();
        VisualElement field = property.propertyType switch
        {
            SerializedPropertyType.Integer when range != null => new SliderInt(title, (int)range.min, (int)range.max),
            SerializedPropertyType.Float when range != null => new Slider(title, range.min, range.max),
            SerializedPropertyType.Integer or SerializedPropertyType.ArraySize => new IntegerField { label = title },
            SerializedPropertyType.Float => new FloatField { label = title },
            SerializedPropertyType.Boolean => new Toggle(title),
            SerializedPropertyType.String => new TextField(title),
            SerializedPropertyType.Enum => new EnumField(title, (Enum)property.Value),
            SerializedPropertyType.ObjectReference => new ObjectField(title) { objectType = property.DeclaredType ?? typeof(UnityEngine.Object) },
            SerializedPropertyType.Color => new ColorField(title),
            _ => Group(property, title),
        };
        Add(field);
        if (field is not Foldout) ((IBindable)field).BindProperty(property);
    }

    private static Foldout Group(SerializedProperty property, string title)
    {
        var group = new Foldout { text = title };
        foreach (SerializedProperty child in property.Children())
        {
            var field = new PropertyField(child);
            group.Add(field);
            field.BindProperty(child);
        }

        return group;
    }
}
