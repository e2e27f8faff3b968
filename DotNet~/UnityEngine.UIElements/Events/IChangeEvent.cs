namespace UnityEngine.UIElements;

public interface IChangeEvent
{
}
