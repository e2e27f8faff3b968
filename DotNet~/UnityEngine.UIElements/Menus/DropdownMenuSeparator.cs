namespace UnityEngine.UIElements;

public class DropdownMenuSeparator : DropdownMenuItem
{
    public DropdownMenuSeparator(string subMenuPath) => this.subMenuPath = subMenuPath;

    public string subMenuPath { get; }
}
