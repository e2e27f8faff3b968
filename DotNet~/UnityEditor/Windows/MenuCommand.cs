namespace UnityEditor;

public sealed class MenuCommand
{
    public UnityEngine.Object context;
    public int userData;

    public MenuCommand(UnityEngine.Object inContext, int inUserData) => (context, userData) = (inContext, inUserData);

    public MenuCommand(UnityEngine.Object inContext) : this(inContext, 0)
    {
    }
}
