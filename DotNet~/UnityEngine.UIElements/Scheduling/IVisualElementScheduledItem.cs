using System;

namespace UnityEngine.UIElements;

public interface IVisualElementScheduledItem
{
    public VisualElement element { get; }

    public bool isActive { get; }

    public void Resume();

    public void Pause();

    public void ExecuteLater(long delayMs);

    public IVisualElementScheduledItem StartingIn(long delayMs);

    public IVisualElementScheduledItem Every(long intervalMs);

    public IVisualElementScheduledItem Until(Func<bool> stopCondition);

    public IVisualElementScheduledItem ForDuration(long durationMs);
}
