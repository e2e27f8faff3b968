namespace UnityEngine.UIElements;

public class ValidateCommandEvent : CommandEventBase<ValidateCommandEvent>
{
}
