using System.Collections.Generic;
using System.Reflection;
using UnityEngine;

namespace UnityPlayer;

/// <summary>How a game is played headlessly.</summary>
public sealed class PlayerSettings
{
    /// <summary>Seconds a frame, however long it takes.</summary>
    public float FrameTime { get; init; } = 1f / 60f;

    /// <summary>As in the editor's Play Mode: OnValidate is called, and Application.Quit does nothing.</summary>
    public bool IsEditor { get; init; }

    /// <summary>Whose start-up methods run: the scripts and the package.</summary>
    public IReadOnlyList<Assembly> Assemblies { get; init; } = [];

    /// <summary>What the game takes itself to run on; null for this machine.</summary>
    public RuntimePlatform? Platform { get; init; }

    public int ScreenWidth { get; init; } = 640;

    public int ScreenHeight { get; init; } = 480;

    /// <summary>Null for a temporary folder.</summary>
    public string? PersistentDataPath { get; init; }

    public string StreamingAssetsPath { get; init; } = "";

    /// <summary>Whether statics and who listens to static events survive from the game before, as where the domain is not reloaded.</summary>
    public bool KeepsDomain { get; init; }
}
