using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

/// <summary>An object's inspector within something else.</summary>
public class InspectorElement : BindableElement
{
    public InspectorElement()
    {
    }

    public InspectorElement(UnityEngine.Object obj) : this(Editor.CreateEditor(obj))
    {
    }

    public InspectorElement(SerializedObject obj) : this(Editor.CreateEditor(obj.targetObjects))
    {
    }

    public InspectorElement(Editor editor)
    {
        VisualElement content = editor.CreateInspectorGUI();
        if (content == null) FillDefaultInspector(content = new VisualElement(), editor.serializedObject, editor);
        Add(content);
        this.Bind(editor.serializedObject);
    }

    public static void FillDefaultInspector(VisualElement container, SerializedObject serializedObject, Editor editor)
    {
        SerializedProperty property = serializedObject.GetIterator();
        for (bool more = property.NextVisible(true); more; more = property.NextVisible(false))
        {
            var field = new PropertyField(property) { name = "PropertyField:" + property.propertyPath };
            if (property.propertyPath == SerializedProperty.Script) field.SetEnabled(false);
            container.Add(field);
        }
    }
}
