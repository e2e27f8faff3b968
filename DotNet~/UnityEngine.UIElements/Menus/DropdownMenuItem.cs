namespace UnityEngine.UIElements;

public abstract class DropdownMenuItem
{
}
