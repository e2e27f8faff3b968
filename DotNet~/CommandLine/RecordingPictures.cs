using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Analysis;
using Recurrent.Diagnostics;

namespace Recurrent.CommandLine;

/// <summary>All views of a recording, with those that need <c>Recurrent.Analysis</c>: units by cluster, and the state's way through its principal plane.</summary>
internal static class RecordingPictures
{
    /// <summary>Units beyond which the clustering of every picture would take seconds.</summary>
    private const int MostClusteredUnits = 512;

    public static List<RecordingView> Of(RecordingFile file, Recording recording, Skin skin)
    {
        RecordedTable? flow = file.Table(RecordedTable.GradientFlow);
        List<RecordingView> views = RecordingViews.All(recording, skin, TrainingLog.FromFile(file), flow == null ? null : GradientFlow.FromTable(flow), file.Table(RecordedTable.Attribution),
            track => Order(recording, track));
        foreach (RecordedCell cell in recording.Layout.Cells)
            if (recording.Layout.Find(cell, "h") is { } track && Trajectory(recording, track) is { } view) views.Add(view);
        return views;
    }

    /// <summary>Null where the state does not move, or is not finite.</summary>
    public static RecordingView? Trajectory(Recording recording, RecordedTrack track)
    {
        float[] states = recording.Values(track);
        if (recording.Steps < 3 || track.Length < 2 || states.Any(value => !float.IsFinite(value))) return null;
        PrincipalComponents plane = PrincipalComponents.Fit(states, track.Length);
        if (!(plane.Variance[0] > 0)) return null;
        var points = new float[2 * recording.Steps];
        plane.Project(states, points);
        string Axis(int k) => FormattableString.Invariant($"component {k + 1} ({100 * plane.ExplainedVarianceRatio[k]:0} % of the variance)");
        return RecordingViews.Path(recording, track, Every(points, 0), Every(points, 1), Axis(0), Axis(1));
    }

    private static (int[] Order, string Name) Order(Recording recording, RecordedTrack track)
    {
        float[] states = recording.Values(track);
        bool clusters = recording.Steps > 2 && track.Length <= MostClusteredUnits && states.All(float.IsFinite);
        return clusters ? (ClusterOrder.ByCorrelation(states, track.Length), "alike ones together") : (UnitStatistics.Of(states, track.Length).ByDeviation(), "liveliest first");
    }

    private static float[] Every(float[] points, int offset) => Enumerable.Range(0, points.Length / 2).Select(i => points[2 * i + offset]).ToArray();
}
