namespace UnityEngine.UIElements;

public interface IEventHandler
{
    public void SendEvent(EventBase e);

    public void HandleEvent(EventBase evt);

    public bool HasTrickleDownHandlers();

    public bool HasBubbleUpHandlers();
}
