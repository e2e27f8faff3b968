namespace UnityEngine.UIElements;

public interface IBindable
{
    public IBinding binding { get; set; }

    public string bindingPath { get; set; }
}
