namespace UnityEngine.UIElements;

public class BindableElement : VisualElement, IBindable
{
    public IBinding binding { get; set; }

    public string bindingPath { get; set; }
}
