namespace UnityEngine.UIElements;

public class NavigationSubmitEvent : NavigationEventBase<NavigationSubmitEvent>
{
}
