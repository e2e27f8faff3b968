namespace UnityEditor;

public interface IHasCustomMenu
{
    public void AddItemsToMenu(GenericMenu menu);
}
