using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using UnityPlayer;
using Object = UnityEngine.Object;

namespace Samples.Tests;

/// <summary>A sample's scene, played frame by frame.</summary>
internal sealed class SamplePlayer : IDisposable
{
    public const float FrameTime = 1f / 60f;

    private readonly Player _player;

    /// <param name="sample">The sample's folder, whose scene has its name.</param>
    /// <param name="scripts">A script of the sample.</param>
    public SamplePlayer(string sample, Type scripts)
    {
        string package = FindPackage(), folder = Path.Combine(package, "Samples~", sample);
        _player = new Player(new PlayerSettings { FrameTime = FrameTime, Assemblies = [typeof(NpcCrowd).Assembly, scripts.Assembly] });
        _player.AddScene(SceneFile.Load(Path.Combine(folder, sample + ".unity"), new AssetFolders([folder, Path.Combine(package, "Runtime")], [typeof(NpcCrowd).Assembly, scripts.Assembly])));
        _player.Begin();
    }

    /// <summary>Plays; errors that the game logs fail the test.</summary>
    public void Play(float seconds)
    {
        _player.Step((int)MathF.Round(seconds / FrameTime));
        Assert.That(_player.Errors.Select(error => error.Text), Is.Empty);
    }

    public T Find<T>() where T : Object => Object.FindObjectsByType<T>(UnityEngine.FindObjectsSortMode.None).Single();

    public void Dispose() => _player.Dispose();

    public static void ToZeros(SequenceModel model)
    {
        Array.Clear(model.Store.Values);
        model.Store.Touch();
    }

    public static string FindPackage()
    {
        DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory);
        while (folder != null && !File.Exists(Path.Combine(folder.FullName, "package.json"))) folder = folder.Parent;
        return folder?.FullName ?? throw new IOException("No folder above the tests has a package.json.");
    }
}
