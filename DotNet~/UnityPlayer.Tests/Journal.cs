using System.Collections;
using System.Collections.Generic;
using UnityEngine;

namespace UnityPlayer.Tests;

/// <summary>Where scripts write down what they hear, in one line.</summary>
internal static class Journal
{
    public static List<string> Lines { get; } = [];

    public static void Write(string line) => Lines.Add(line);

    /// <summary>What was written since, and forgets it.</summary>
    public static string Take()
    {
        string lines = string.Join(' ', Lines);
        Lines.Clear();
        return lines;
    }
}

/// <summary>Writes down every message with the name of its object.</summary>
internal class Writer : MonoBehaviour
{
    public virtual string Prefix => name;

    private void Awake() => Journal.Write(Prefix + ".Awake");

    private void OnEnable() => Journal.Write(Prefix + ".OnEnable");

    private void Start() => Journal.Write(Prefix + ".Start");

    private void FixedUpdate() => Journal.Write(Prefix + ".FixedUpdate");

    private void Update() => Journal.Write(Prefix + ".Update");

    private void LateUpdate() => Journal.Write(Prefix + ".LateUpdate");

    private void OnDisable() => Journal.Write(Prefix + ".OnDisable");

    private void OnDestroy() => Journal.Write(Prefix + ".OnDestroy");

    private void OnApplicationPause(bool pauseStatus) => Journal.Write($"{Prefix}.Pause({pauseStatus})");

    private void OnApplicationFocus(bool hasFocus) => Journal.Write($"{Prefix}.Focus({hasFocus})");

    private void OnApplicationQuit() => Journal.Write(Prefix + ".Quit");
}

[DefaultExecutionOrder(-100)]
internal sealed class EarlyWriter : Writer
{
    public override string Prefix => name + "-early";
}

[DefaultExecutionOrder(100)]
internal sealed class LateWriter : Writer
{
    public override string Prefix => name + "-late";
}

/// <summary>Does what a test says, in one of its messages.</summary>
internal sealed class Doer : MonoBehaviour
{
    public System.Action? InUpdate, InLateUpdate, InFixedUpdate, InOnDisable, InOnDestroy;

    public static System.Action? NextAwake { get; set; }

    private void Awake()
    {
        System.Action? now = NextAwake;
        NextAwake = null;
        now?.Invoke();
    }

    private void FixedUpdate() => InFixedUpdate?.Invoke();

    private void Update() => InUpdate?.Invoke();

    private void LateUpdate() => InLateUpdate?.Invoke();

    private void OnDisable() => InOnDisable?.Invoke();

    private void OnDestroy() => InOnDestroy?.Invoke();
}

internal sealed class CoroutineStart : MonoBehaviour
{
    private IEnumerator Start()
    {
        Journal.Write("Start1");
        yield return null;
        Journal.Write("Start2");
    }

    private void Update() => Journal.Write("Update");
}
