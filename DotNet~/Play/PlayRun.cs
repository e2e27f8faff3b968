using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using UnityPlayer;

namespace Play;

/// <summary>What is asked of a run.</summary>
internal sealed record PlayRequest(string Scene, int Frames, float FrameTime, int Width, int Height, int Pictures, int Columns, string? Film, IReadOnlyList<int> Singles);

/// <summary>Plays a scene, takes pictures, says what was logged.</summary>
internal static class PlayRun
{
    /// <returns>0, or 1 where the game logged errors or quit too early.</returns>
    public static int Run(PlayRequest request, AssetFolders assets, IReadOnlyList<System.Reflection.Assembly> assemblies, TextWriter output)
    {
        using var player = new Player(new PlayerSettings
        {
            FrameTime = request.FrameTime,
            Assemblies = assemblies,
            ScreenWidth = request.Width,
            ScreenHeight = request.Height,
            StreamingAssetsPath = Path.GetDirectoryName(request.Scene)!,
        });
        player.AddScene(SceneFile.Load(request.Scene, assets));
        HashSet<int> strip = Moments(request.Frames, request.Pictures).ToHashSet();
        var film = new Film(request.Width, request.Height);
        int frame = 0;
        player.Draw = () =>
        {
            if (request.Film != null && (strip.Contains(frame) || request.Singles.Contains(frame))) film.Take(frame, strip.Contains(frame));
        };
        player.Begin();
        for (frame = 1; frame <= request.Frames && !player.HasQuit; frame++) player.Step();

        foreach (IGrouping<string, LogMessage> same in player.Log.GroupBy(message => message.ToString()).Take(20))
            output.WriteLine(same.Count() == 1 ? same.Key : $"{same.Key} ({same.Count()} times)");
        if (request.Film != null)
        {
            Film.Write(film.Strip(request.Columns, request.FrameTime), request.Film);
            output.WriteLine(request.Film);
            foreach (int single in request.Singles)
            {
                string file = Path.ChangeExtension(request.Film, null) + single.ToString("-00000", CultureInfo.InvariantCulture) + ".png";
                film.WriteSingle(single, file);
                output.WriteLine(file);
            }
        }

        int played = frame - 1;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(request.Scene)}: {played} frames, {played * request.FrameTime:0.0} s of the game, {player.Errors.Count} errors"));
        return player.Errors.Count > 0 || played < request.Frames ? 1 : 0;
    }

    // The first frame, the last, and as many between them at even distances.
    private static IEnumerable<int> Moments(int frames, int pictures) =>
        Enumerable.Range(0, pictures).Select(i => pictures == 1 ? frames : 1 + (int)((long)i * (frames - 1) / (pictures - 1)));
}
