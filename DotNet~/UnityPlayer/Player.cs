using System;
using System.Collections.Generic;
using System.Linq;
using UnityEngine;
using UnityEngine.SceneManagement;

namespace UnityPlayer;

/// <summary>
/// Plays a game without an engine, frame by frame and as fast as it can: the messages of scripts in Unity's order, time by a fixed step.
/// One at a time, for the engine's interface is static. What it is made on is the main thread.
/// </summary>
public sealed class Player : IDisposable
{
    private readonly World _world;
    private readonly PlayerSettings _settings;
    private readonly List<LogMessage> _log = [];
    private bool _started;

    /// <summary>A game that has not begun: scenes may be named, and objects made in an empty one.</summary>
    public Player(PlayerSettings? settings = null)
    {
        _settings = settings ?? new PlayerSettings();
        if (!_settings.KeepsDomain)
        {
            Messages.Forget();
            SerializedFields.Forget();
            UnityEngine.Application.ForgetHearers();
            SceneManager.ForgetHearers();
        }

        UnityEngine.Application.Pretended = _settings.Platform;
        _world = World.Begin(_settings.IsEditor);
        _world.Clock.Step = _settings.FrameTime;
        _world.ScreenWidth = _settings.ScreenWidth;
        _world.ScreenHeight = _settings.ScreenHeight;
        if (_settings.PersistentDataPath != null) _world.Places.Persistent = _settings.PersistentDataPath;
        _world.Places.Streaming = _settings.StreamingAssetsPath;
        UnityEngine.Application.logMessageReceivedThreaded += Write;
    }

    /// <summary>Everything logged so far.</summary>
    public IReadOnlyList<LogMessage> Log
    {
        get
        {
            lock (_log) return _log.ToList();
        }
    }

    /// <summary>Errors, assertions and exceptions among them.</summary>
    public IReadOnlyList<LogMessage> Errors => Log.Where(message => message.Type is LogType.Error or LogType.Assert or LogType.Exception).ToList();

    /// <summary>Called when all is done that a frame shows.</summary>
    public Action? Draw
    {
        get => _world.Draw;
        set => _world.Draw = value;
    }

    public bool HasQuit => !_world.IsPlaying;

    /// <summary>Names a scene that may be loaded; the first named is the first of the build's list.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="build">Makes its objects by the engine's own interface.</param>
    public void AddScene(string name, Action build)
    {
        _world.Scenes.Known.Add((name, Build));

        List<Component> Build()
        {
            build();
            return [];
        }
    }

    /// <summary>Names a scene that Unity wrote.</summary>
    public void AddScene(SceneFile scene) => _world.Scenes.Known.Add((scene.Name, () => SceneBuilder.Build(scene)));

    /// <summary>Start-up methods in the order of their load types, and between them the first scene where there is one.</summary>
    public void Begin()
    {
        if (_started) throw new InvalidOperationException("The game has begun already.");
        _started = true;
        foreach (RuntimeInitializeLoadType type in StartUp.BeforeScene) StartUp.Run(_settings.Assemblies, type);
        if (_world.Scenes.Known.Count > 0) _world.Scenes.LoadNow(0, LoadSceneMode.Single);
        StartUp.Run(_settings.Assemblies, RuntimeInitializeLoadType.AfterSceneLoad);
    }

    /// <summary>Plays frames, or up to where the game quits.</summary>
    public void Step(int frames = 1)
    {
        if (!_started) Begin();
        for (int i = 0; i < frames && _world.IsPlaying; i++)
        {
            if (!_world.IsPaused) _world.Frame();
            if (_world.QuitRequested == null) continue;
            _world.QuitRequested = null;
            Quit();
        }
    }

    /// <summary>As when a phone's user goes to another application and comes back: no frames in between.</summary>
    public void Pause(bool paused) => _world.Pause(paused);

    public void Focus(bool focused) => _world.Focus(focused);

    public void LowMemory() => UnityEngine.Application.TellLowMemory();

    /// <summary>The end as Unity makes it; false where the game does not want to.</summary>
    public bool Quit() => !_world.IsPlaying || _world.Quit();

    /// <summary>Quits, whether the game wants to or not.</summary>
    public void Dispose()
    {
        if (_world.IsPlaying && !_world.Quit()) _world.End();
        UnityEngine.Application.logMessageReceivedThreaded -= Write;
        UnityEngine.Application.Pretended = null;
    }

    private void Write(string message, string stackTrace, LogType type)
    {
        lock (_log) _log.Add(new LogMessage(type, message, stackTrace));
    }
}
