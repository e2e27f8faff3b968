namespace UnityEngine.UIElements;

public interface IBinding
{
    public void PreUpdate();

    public void Update();

    public void Release();
}
