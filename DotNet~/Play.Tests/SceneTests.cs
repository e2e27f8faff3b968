using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;
using UnityEngine;
using UnityPlayer;
using Object = UnityEngine.Object;

namespace Play.Tests;

/// <summary>Scenes in Unity's YAML: those of the samples, and one made for these tests.</summary>
public sealed class SceneTests
{
    private static readonly string Folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "Swing");

    private static readonly string Package = Stage.FindPackage(TestContext.CurrentContext.TestDirectory);

    private static string Scene => Path.Combine(Folder, "Swing.unity");

    private static AssetFolders Assets() => new([Folder], [typeof(Pendulum).Assembly]);

    // Every GUID and every serialized field that a sample's scenes, prefabs and assets name is there; all of them, in one message.
    [Test]
    public void EverySampleSceneResolves()
    {
        string samples = Path.Combine(Package, "Samples~");
        var problems = new List<string>();
        string[] scenes = Directory.Exists(samples) ? Directory.GetFiles(samples, "*.unity", SearchOption.AllDirectories) : [];
        foreach (string scene in scenes)
        {
            using var player = new Player();
            try
            {
                SceneBuilder.Build(SceneFile.Load(scene, Stage.Assets(Package, scene, Stage.Assemblies)));
            }
            catch (SceneFileException e)
            {
                problems.Add(e.Message);
            }

            problems.AddRange(player.Errors.Select(error => $"{scene}: {error.Text}"));
        }

        Assert.That(problems, Is.Empty);
    }

    [Test]
    public void ASceneIsAsItWasWritten()
    {
        using var player = new Player();
        player.AddScene(SceneFile.Load(Scene, Assets()));
        player.Begin();
        Assert.That(player.Errors, Is.Empty);
        Assert.That(SceneManagement.GetRoots(), Is.EqualTo(new[] { "Main Camera", "Pendulum", "Trail", "Label" }));
        Camera camera = Camera.main;
        Assert.That(camera.orthographic);
        Assert.That(camera.orthographicSize, Is.EqualTo(4f));
        Assert.That(camera.transform.position, Is.EqualTo(new Vector3(0, 0, -10)));
        Assert.That(camera.backgroundColor.g, Is.EqualTo(0.13f));

        Pendulum pendulum = Object.FindFirstObjectByType<Pendulum>();
        Assert.That(pendulum.Degrees, Is.EqualTo(50f));
        Assert.That(pendulum.Form.Period, Is.EqualTo(2f));
        Assert.That(pendulum.Form.Size, Is.EqualTo(new Vector2(1.5f, -2f)));
        Assert.That(pendulum.Form.Color, Is.EqualTo(new Color(1f, 0.5f, 0.25f)));
        Assert.That(pendulum.Marks, Is.EqualTo(new[] { 1, 2, -1 }));
        Assert.That(pendulum.Words, Is.EqualTo(new[] { "plain words that are so long that they go on in the next line", "quoted \"marks\" and é→ and a line\nbreak", "it's: one", "" }));
        Assert.That(pendulum.Tint.name, Is.EqualTo("Tint"));
        Assert.That(pendulum.Tint.Color, Is.EqualTo(new Color(0.25f, 0.5f, 0.75f)));
        Assert.That(pendulum.Tint.Curve.Evaluate(0.25f), Is.EqualTo(1.5f).Within(1e-6f));
        Assert.That(pendulum.Prefab.activeInHierarchy, Is.False, "a prefab is in no scene");
        Assert.That(pendulum.transform.GetChild(0).position.y, Is.EqualTo(-1f).Within(1e-6f));

        LineRenderer line = Object.FindFirstObjectByType<LineRenderer>();
        Assert.That(line.startWidth, Is.EqualTo(0.12f).Within(1e-6f));
        Assert.That(line.startColor.a, Is.EqualTo(0.1f).Within(1e-6f));
        Assert.That(line.endColor.g, Is.EqualTo(0.5f).Within(1e-6f));
        Assert.That((Color32)Object.FindFirstObjectByType<TextMesh>().color, Is.EqualTo(new Color32(0x99, 0xCC, 0xFF, 0xFF)));
    }

    [Test]
    public void ASceneIsPlayedAndDrawn()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string film = Path.Combine(folder, "Swing.png");
        var output = new StringWriter();
        try
        {
            var request = new PlayRequest(Scene, Frames: 90, FrameTime: 0.02f, Width: 320, Height: 180, Pictures: 4, Columns: 2, film, Singles: [25]);
            Assert.That(PlayRun.Run(request, Assets(), [typeof(Pendulum).Assembly], output), Is.EqualTo(0), output.ToString());
            Assert.That(output.ToString(), Does.Contain("Swing: 90 frames, 1.8 s of the game, 0 errors"));
            Assert.That(File.Exists(Path.Combine(folder, "Swing-00025.png")));
            Assert.That(new FileInfo(film).Length, Is.GreaterThan(1000));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    // At frame 26 (0.5 s, a quarter of the period) the ball is furthest out: 50° from the vertical, 4 units from its hook at (0, 3).
    [Test]
    public void TheBallIsDrawnWhereItIs()
    {
        using var player = new Player(new PlayerSettings { FrameTime = 0.02f, ScreenWidth = 320, ScreenHeight = 180 });
        player.AddScene(SceneFile.Load(Scene, Assets()));
        var canvas = new StateCanvas(320, 180);
        player.Step(25);
        player.Draw = new Camerawork(canvas).Draw;
        player.Step();
        float x = 4f * Mathf.Sin(50f * Mathf.Deg2Rad), y = 3f - 4f * Mathf.Cos(50f * Mathf.Deg2Rad);
        Rgba ball = canvas[(int)(160 + x * 22.5f), (int)(90 - (y + 0.15f) * 22.5f)];
        Assert.That(ball.R, Is.GreaterThan(100));
        Assert.That(ball.R, Is.GreaterThan(3 * ball.B));
        Rgba other = canvas[(int)(160 - x * 22.5f), (int)(90 - (y + 0.15f) * 22.5f)];
        Assert.That(other, Is.EqualTo(new Rgba(28, 33, 43)));
    }

    [TestCase("guid: 1111111111111111111111111111aaaa", "guid: 1111111111111111111111111111aaab", "no script has the GUID 1111111111111111111111111111aaab")]
    [TestCase("  _degrees: 50", "  _degres: 50", "Pendulum has no serialized field _degres")]
    [TestCase("    Period: 2", "    Perod: 2", "PendulumForm has no serialized field Perod")]
    [TestCase("  _degrees: 50", "  _degrees: fifty", "expected a number, got 'fifty'")]
    [TestCase("  _ball: {fileID: 31}", "  _ball: {fileID: 3100}", "there is no object &3100")]
    [TestCase("  _ball: {fileID: 31}", "  _ball: {fileID: 30}", "expected a Transform, this is a GameObject")]
    [TestCase("  _title: {fileID: 4900000, guid: 3333333333333333333333333333cccc, type: 3}", "  _title: {fileID: 4900000, guid: 0333333333333333333333333333cccc, type: 3}", "no file has the GUID")]
    [TestCase("  m_Children: []\n  m_Father: {fileID: 21}", "  m_Children: [\n  m_Father: {fileID: 21}", "the value does not end")]
    [TestCase("--- !u!81 &13\nAudioListener:", "--- !u!82 &13\nAudioSource:", "a component of class 82 (AudioSource) is not known here")]
    [TestCase("--- !u!20 &12", "--- !u!20 &11", "&11 stands here twice")]
    [TestCase("      m_Calls: []", "      m_Calls:\n      - m_Target: {fileID: 31}", "listeners set in the Inspector are not called here")]
    [TestCase("%TAG !u! tag:unity3d.com,2011:", "%TAG !u! tag:example.com,2011:", "no file in Unity's YAML")]
    [TestCase("  m_ClearFlags: 2", "  m_ClearFlags: !!int 2", "'!' is no YAML that Unity writes")]
    public void AMistakeIsSaidWithItsPlace(string right, string wrong, string message)
    {
        string text = File.ReadAllText(Scene);
        Assert.That(text, Does.Contain(right));
        string file = Path.Combine(Folder, "Broken.unity");
        File.WriteAllText(file, text.Replace(right, wrong));
        try
        {
            using var player = new Player();
            SceneFileException thrown = Assert.Throws<SceneFileException>(() => SceneBuilder.Build(SceneFile.Load(file, Assets())))!;
            Assert.That(thrown.Reason, Does.Contain(message));
            Assert.That(thrown.Message, Does.StartWith(file + "("));
            string[] lines = text.Replace(right, wrong).Split('\n');
            Assert.That(thrown.Line, Is.InRange(1, lines.Length));
        }
        finally
        {
            File.Delete(file);
        }
    }
}

internal static class SceneManagement
{
    public static string[] GetRoots() => UnityEngine.SceneManagement.SceneManager.GetActiveScene().GetRootGameObjects().Select(root => root.name).ToArray();
}
