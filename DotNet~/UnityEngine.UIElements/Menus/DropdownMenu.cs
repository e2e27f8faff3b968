using System;
using System.Collections.Generic;

namespace UnityEngine.UIElements;

public class DropdownMenu
{
    private readonly List<DropdownMenuItem> _items = new();

    public List<DropdownMenuItem> MenuItems() => _items;

    public void AppendAction(string actionName, Action<DropdownMenuAction> action, Func<DropdownMenuAction, DropdownMenuAction.Status> actionStatusCallback, object userData = null) =>
        InsertAction(_items.Count, actionName, action, actionStatusCallback, userData);

    public void AppendAction(string actionName, Action<DropdownMenuAction> action, DropdownMenuAction.Status status = DropdownMenuAction.Status.Normal) =>
        InsertAction(_items.Count, actionName, action, status);

    public void InsertAction(int atIndex, string actionName, Action<DropdownMenuAction> action, Func<DropdownMenuAction, DropdownMenuAction.Status> actionStatusCallback, object userData = null) =>
        _items.Insert(atIndex, new DropdownMenuAction(actionName, action, actionStatusCallback, userData));

    public void InsertAction(int atIndex, string actionName, Action<DropdownMenuAction> action, DropdownMenuAction.Status status = DropdownMenuAction.Status.Normal) =>
        InsertAction(atIndex, actionName, action, _ => status);

    public void AppendSeparator(string subMenuPath = null)
    {
        if (_items.Count > 0 && _items[^1] is not DropdownMenuSeparator) _items.Add(new DropdownMenuSeparator(subMenuPath ?? ""));
    }

    public void RemoveItemAt(int index) => _items.RemoveAt(index);

    public void ClearItems() => _items.Clear();

    public void PrepareForDisplay(EventBase e)
    {
        var info = new DropdownMenuEventInfo(e);
        foreach (DropdownMenuItem item in _items) (item as DropdownMenuAction)?.UpdateActionStatus(info);
    }
}
