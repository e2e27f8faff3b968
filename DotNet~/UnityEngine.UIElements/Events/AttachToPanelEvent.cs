namespace UnityEngine.UIElements;

public class AttachToPanelEvent : PanelChangedEventBase<AttachToPanelEvent>
{
}
