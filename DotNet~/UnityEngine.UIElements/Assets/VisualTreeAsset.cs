using System;
using System.Linq;

namespace UnityEngine.UIElements;

/// <summary>A .uxml file: elements by their names, with the attributes that the package's files use.</summary>
public class VisualTreeAsset : ScriptableObject
{
    internal string Text { get; set; } = "<UXML/>";

    public TemplateContainer Instantiate()
    {
        var container = new TemplateContainer(name);
        CloneTree(container);
        return container;
    }

    public TemplateContainer CloneTree() => Instantiate();

    public void CloneTree(VisualElement target) => Fill(target, System.Xml.Linq.XDocument.Parse(Text).Root);

    private static void Fill(VisualElement target, System.Xml.Linq.XElement source)
    {
        foreach (System.Xml.Linq.XElement child in source.Elements().Where(child => child.Name.LocalName is not ("Style" or "Template")))
        {
            VisualElement element = Make(child.Name.LocalName);
            foreach (System.Xml.Linq.XAttribute attribute in child.Attributes()) Set(element, attribute.Name.LocalName, attribute.Value);
            target.Add(element);
            Fill(element, child);
        }
    }

    private static VisualElement Make(string name)
    {
        Type type = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name is "UnityEngine.UIElements" or "UnityEditor")
            .SelectMany(assembly => assembly.GetTypes()).FirstOrDefault(known => typeof(VisualElement).IsAssignableFrom(known) && (known.Name == name || known.FullName == name));
        return type == null ? throw new UnityException($"Element '{name}' is missing a UxmlElementAttribute and has no registered factory method.") : (VisualElement)Activator.CreateInstance(type);
    }

    private static void Set(VisualElement element, string attribute, string value)
    {
        switch (attribute)
        {
            case "name":
                element.name = value;
                break;
            case "class":
                foreach (string one in value.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries)) element.AddToClassList(one);
                break;
            case "tooltip":
                element.tooltip = value;
                break;
            case "view-data-key":
                element.viewDataKey = value;
                break;
            case "binding-path" when element is IBindable bindable:
                bindable.bindingPath = value;
                break;
            case "text" or "label":
                element.GetType().GetProperty(attribute)?.SetValue(element, value);
                break;
        }
    }
}
