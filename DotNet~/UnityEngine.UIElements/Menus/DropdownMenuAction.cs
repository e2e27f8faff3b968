using System;

namespace UnityEngine.UIElements;

public class DropdownMenuAction : DropdownMenuItem
{
    private readonly Action<DropdownMenuAction> _action;
    private readonly Func<DropdownMenuAction, Status> _statusOf;

    public DropdownMenuAction(string actionName, Action<DropdownMenuAction> actionCallback, Func<DropdownMenuAction, Status> actionStatusCallback, object userData = null)
    {
        name = actionName;
        _action = actionCallback;
        _statusOf = actionStatusCallback;
        this.userData = userData;
    }

    [Flags]
    public enum Status
    {
        None = 0,
        Normal = 1,
        Disabled = 2,
        Checked = 4,
        Hidden = 8,
    }

    public string name { get; }

    public Status status { get; private set; }

    public DropdownMenuEventInfo eventInfo { get; private set; }

    public object userData { get; }

    public static Status AlwaysEnabled(DropdownMenuAction a) => Status.Normal;

    public static Status AlwaysDisabled(DropdownMenuAction a) => Status.Disabled;

    public void UpdateActionStatus(DropdownMenuEventInfo eventInfo)
    {
        this.eventInfo = eventInfo;
        status = _statusOf?.Invoke(this) ?? Status.Hidden;
    }

    public void Execute() => _action?.Invoke(this);
}
