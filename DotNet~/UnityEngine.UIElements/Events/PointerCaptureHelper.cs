namespace UnityEngine.UIElements;

public static class PointerCaptureHelper
{
    public static bool HasPointerCapture(this IEventHandler handler, int pointerId) => Of(handler)?.Capturing(pointerId) == handler;

    public static void CapturePointer(this IEventHandler handler, int pointerId) => Of(handler)?.Capture(pointerId, handler);

    public static void ReleasePointer(this IEventHandler handler, int pointerId)
    {
        if (handler.HasPointerCapture(pointerId)) Of(handler)!.Release(pointerId);
    }

    public static IEventHandler GetCapturingElement(this IPanel panel, int pointerId) => ((Panel)panel).Capturing(pointerId);

    public static void ReleasePointer(this IPanel panel, int pointerId) => ((Panel)panel).Release(pointerId);

    private static Panel Of(IEventHandler handler) => (handler as VisualElement)?.OwnPanel;
}
