using System;

namespace UnityEditor;

public sealed class ProfilerWindow : EditorWindow
{
    internal ProfilerWindow()
    {
    }

    public long selectedFrameIndex { get; set; } = -1;

    public long firstAvailableFrameIndex { get; internal set; } = -1;

    public long lastAvailableFrameIndex { get; internal set; } = -1;

    public event Action<long> SelectedFrameIndexChanged;

    internal void Select(long frame)
    {
        selectedFrameIndex = frame;
        SelectedFrameIndexChanged?.Invoke(frame);
    }
}
