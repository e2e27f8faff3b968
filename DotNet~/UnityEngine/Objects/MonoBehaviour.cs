using System;
using System.Collections;
using System.Reflection;
using System.Threading;

namespace UnityEngine;

public class MonoBehaviour : Behaviour
{
    private CancellationTokenSource? _destroying;
    private Messages? _messages;
    private Action? _fixedUpdate, _update, _lateUpdate;
    private bool _awoken, _started, _running;

    public CancellationToken destroyCancellationToken
    {
        get
        {
            if (!IsAlive) throw new MissingReferenceException("DestroyCancellation token should be called atleast once before destroying the monobehaviour object");
            return (_destroying ??= new CancellationTokenSource()).Token;
        }
    }

    public bool useGUILayout { get; set; } = true;

    internal Messages Messages => _messages ??= Messages.Of(GetType());

    /// <summary>Awake was called: it hears of the end, too.</summary>
    internal bool HasAwoken => _awoken;

    public static void print(object? message) => Debug.Log(message);

    public Coroutine StartCoroutine(IEnumerator routine)
    {
        RequireAlive("StartCoroutineManaged2");
        if (routine == null) throw new NullReferenceException("routine is null");
        return World.Current.Coroutines.Start(this, routine, null);
    }

    public Coroutine StartCoroutine(string methodName, object? value)
    {
        RequireAlive("StartCoroutineManaged");
        MethodInfo? method = Messages.Find(GetType(), methodName);
        if (method == null || !typeof(IEnumerator).IsAssignableFrom(method.ReturnType))
        {
            Debug.LogError($"Coroutine '{methodName}' couldn't be started!");
            return null!;
        }

        var routine = (IEnumerator)Messages.Invoke(method, this, method.GetParameters().Length == 0 ? null : new[] { value })!;
        return World.Current.Coroutines.Start(this, routine, methodName);
    }

    public Coroutine StartCoroutine(string methodName) => StartCoroutine(methodName, null);

    public void StopCoroutine(IEnumerator routine)
    {
        if (routine == null) throw new NullReferenceException("routine is null");
        World.Current.Coroutines.Stop(this, running => running.Iterator == routine);
    }

    public void StopCoroutine(Coroutine routine)
    {
        if (routine == null) throw new NullReferenceException("routine is null");
        World.Current.Coroutines.Stop(this, running => running == routine);
    }

    public void StopCoroutine(string methodName) => World.Current.Coroutines.Stop(this, running => running.Name == methodName);

    public void StopAllCoroutines() => World.Current.Coroutines.Stop(this, running => true);

    public void Invoke(string methodName, float time) => World.Current.Invocations.Add(this, methodName, time, 0F);

    public void InvokeRepeating(string methodName, float time, float repeatRate)
    {
        if (repeatRate <= 0.00001F && repeatRate != 0F) throw new UnityException("Invoke repeat rate has to be larger than 0.00001F)");
        World.Current.Invocations.Add(this, methodName, time, repeatRate);
    }

    public void CancelInvoke() => World.Current.Invocations.Cancel(this, null);

    public void CancelInvoke(string methodName) => World.Current.Invocations.Cancel(this, methodName);

    public bool IsInvoking() => World.Current.Invocations.Any(this, null);

    public bool IsInvoking(string methodName) => World.Current.Invocations.Any(this, methodName);

    internal override void Activated()
    {
        if (IsDoomed || !World.Current.Runs(this)) return;
        if (!_awoken)
        {
            _awoken = true;
            // One that failed to wake up is switched off.
            if (!Call(Messages.Awake)) SetEnabledSilently(false);
        }

        if (IsAlive && IsEnabled && Owner.activeInHierarchy) Run();
    }

    internal override void EnabledChanged()
    {
        if (!_awoken || IsDoomed || !Owner.activeInHierarchy) return;
        if (IsEnabled) Run();
        else Rest();
    }

    internal override void Deactivated()
    {
        Rest();
        World.Current.Coroutines.Stop(this, running => true);
    }

    internal override void Destroyed()
    {
        _destroying?.Cancel();
        if (_awoken) Call(Messages.OnDestroy);
        World.Current.Coroutines.Stop(this, running => true);
        World.Current.Invocations.Cancel(this, null);
    }

    internal void EnsureStarted()
    {
        if (_started || !_running) return;
        _started = true;
        if (Messages.Start == null) return;
        try
        {
            if (Messages.Invoke(Messages.Start, this, null) is IEnumerator routine && IsAlive) World.Current.Coroutines.Start(this, routine, "Start");
        }
        catch (Exception e)
        {
            Debug.LogException(e, this);
        }
    }

    /// <summary>Calls one of its messages where it has it; false where that threw.</summary>
    internal bool Call(MethodInfo? message, object? argument = null)
    {
        if (message == null) return true;
        try
        {
            Messages.Invoke(message, this, message.GetParameters().Length == 0 ? null : new[] { argument });
            return true;
        }
        catch (Exception e)
        {
            Debug.LogException(e, this);
            return false;
        }
    }

    private void Run()
    {
        if (_running) return;
        _running = true;
        World world = World.Current;
        if (!_started) world.Starting.Add(this);
        world.FixedUpdates.Add(this, _fixedUpdate ??= Messages.Bind(this, Messages.FixedUpdate));
        world.Updates.Add(this, _update ??= Messages.Bind(this, Messages.Update));
        world.LateUpdates.Add(this, _lateUpdate ??= Messages.Bind(this, Messages.LateUpdate));
        Call(Messages.OnEnable);
    }

    private void Rest()
    {
        if (!_running) return;
        _running = false;
        World world = World.Current;
        world.FixedUpdates.Remove(this);
        world.Updates.Remove(this);
        world.LateUpdates.Remove(this);
        Call(Messages.OnDisable);
    }
}
