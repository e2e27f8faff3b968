namespace UnityEngine.UIElements;

public interface IManipulator
{
    public VisualElement target { get; set; }
}
