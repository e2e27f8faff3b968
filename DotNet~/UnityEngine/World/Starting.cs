using System.Collections.Generic;

namespace UnityEngine;

/// <summary>
/// Who waits for Start: it comes at the beginning of the next frame, in execution order; or just before the first Update, FixedUpdate or LateUpdate,
/// which for one made in the middle of a frame may be in the same frame.
/// </summary>
internal sealed class Starting
{
    private readonly List<MonoBehaviour> _waiting = new();

    public void Add(MonoBehaviour behaviour) => _waiting.Add(behaviour);

    public void Run()
    {
        // A Start may bring in others.
        while (_waiting.Count > 0)
        {
            MonoBehaviour[] now = _waiting.ToArray();
            _waiting.Clear();
            InOrder.Sort(now);
            foreach (MonoBehaviour behaviour in now) behaviour.EnsureStarted();
        }
    }
}
