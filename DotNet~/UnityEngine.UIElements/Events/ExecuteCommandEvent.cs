namespace UnityEngine.UIElements;

public class ExecuteCommandEvent : CommandEventBase<ExecuteCommandEvent>
{
}
