namespace UnityEngine.UIElements;

public class TemplateContainer : BindableElement
{
    public TemplateContainer() : this(null)
    {
    }

    public TemplateContainer(string templateId) => this.templateId = templateId;

    public string templateId { get; }
}
