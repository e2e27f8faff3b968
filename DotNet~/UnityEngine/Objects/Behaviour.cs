namespace UnityEngine;

public class Behaviour : Component
{
    private bool _enabled = true;

    public bool enabled
    {
        get
        {
            RequireAlive("get_enabled");
            return _enabled;
        }
        set
        {
            RequireAlive("set_enabled");
            if (_enabled == value) return;
            _enabled = value;
            EnabledChanged();
        }
    }

    public bool isActiveAndEnabled => IsAlive && _enabled && Owner.activeInHierarchy;

    internal bool IsEnabled => _enabled;

    /// <summary>Sets the flag and tells nobody: for loading, and after an Awake that threw.</summary>
    internal void SetEnabledSilently(bool value) => _enabled = value;

    internal virtual void EnabledChanged()
    {
    }
}
