using System;
using UnityEngine.UIElements;
using UnityEditor;

namespace Unity.Profiling.Editor;

public abstract class ProfilerModuleViewController : IDisposable
{
    private VisualElement _view;

    protected ProfilerModuleViewController(ProfilerWindow profilerWindow) => ProfilerWindow = profilerWindow;

    public bool Disposed { get; private set; }

    protected ProfilerWindow ProfilerWindow { get; }

    internal VisualElement View => _view ??= CreateView();

    public void Dispose() => Dispose(true);

    protected abstract VisualElement CreateView();

    protected virtual void Dispose(bool disposing) => Disposed = true;
}
