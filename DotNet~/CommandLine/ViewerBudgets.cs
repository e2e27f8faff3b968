using System;
using System.Collections.Generic;
using System.Diagnostics;
using Recurrent.Diagnostics;

namespace Recurrent.CommandLine;

/// <summary>What looking at a network of 256 units costs on this machine, beside what it may cost.</summary>
internal static class ViewerBudgets
{
    private const int Hidden = 256, Capacity = 1024;

    /// <summary>One line of the table.</summary>
    /// <param name="What">What is done.</param>
    /// <param name="Microseconds">The median of its time.</param>
    /// <param name="Bytes">Garbage of one go.</param>
    /// <param name="Limit">The most microseconds it may take; 0 for no limit.</param>
    public sealed record Figure(string What, double Microseconds, double Bytes, double Limit)
    {
        public bool Held => Bytes == 0 && (Limit == 0 || Microseconds <= Limit);
    }

    public static List<Figure> Measure()
    {
        var figures = new List<Figure>();
        using var stream = new SequenceStream(new LSTM(8, Hidden));
        float[] input = new float[8], output = new float[Hidden];
        var random = new RandomSource(1);
        for (int i = 0; i < input.Length; i++) input[i] = random.NextGaussian();
        figures.Add(Take("a step of LSTM(8→256), not watched", 2000, 1, 0, () => stream.Step(input, output)));

        IReadOnlyList<CellTap> taps = stream.Watch();
        var agent = new AgentRecorder("NPC", RecordingLayout.Of(stream.Layer, taps), Capacity);
        figures.Add(Take("recording a step, H = 256: input, output, target, h, c, four gates", 200, 50, 3, () => agent.Record(taps, 0, 0, input, output)));
        agent.Add(Breakpoint.Parse("h[12] > 2"));
        agent.Add(Breakpoint.Parse("norm(c) > 1e9"));
        figures.Add(Take("the same with two breakpoints, h[12] > 2 and norm(c) > 1e9", 200, 50, 0, () => agent.Record(taps, 0, 0, input, output)));

        RecordedTrack[] tracks = Array.ConvertAll(new[] { "h", "c", "i", "f", "g", "o" }, name => agent.Layout.Find(name)!);
        HeatmapTexture[] textures = Array.ConvertAll(tracks, track => new HeatmapTexture(Hidden, Capacity, track.IsGate ? ColorScale.Gate() : ColorScale.Signed(Skin.Dark), Skin.Dark));
        int slot = 0;
        figures.Add(Take("a new column, 6 channels of 256 units", 200, 10, 100, () =>
        {
            ReadOnlySpan<float> frame = agent.Frame(agent.StepCount - 1);
            for (int i = 0; i < tracks.Length; i++) textures[i].PaintColumn(frame.Slice(tracks[i].Offset, Hidden), slot);
            slot = (slot + 1) % Capacity;
        }));
        var ring = new float[Capacity * Hidden];
        for (int i = 0; i < ring.Length; i++) ring[i] = random.NextSingle(-1, 1);
        figures.Add(Take("a full repaint of 256 × 1,024", 60, 1, 4000, () => textures[0].PaintAll(ring, Capacity)));
        figures.AddRange(Window());
        return figures;
    }

    // The window repaints 20 times a second. Of a game at 60 frames a second with a step a frame that is every third frame, so a repaint may take three times what a frame may, 0.5 ms.
    private static IEnumerable<Figure> Window()
    {
        using var link = new SteppedLink(Hidden, Capacity);
        using var viewer = new StateViewer();
        viewer.Connect(link);
        link.Step(2 * Capacity);
        viewer.Paint(1200, 700, Skin.Dark);
        yield return Take("the viewer's picture of 1,200 × 700, three steps more, H = 256", 100, 1, 1500, () =>
        {
            link.Step(3);
            viewer.Paint(1200, 700, Skin.Dark);
        });
        yield return Take("the viewer asked whether anything is new, and nothing is", 200, 50, 0, () => viewer.Update());
        int at = 0;
        viewer.Timeline.MoveTo(viewer.Timeline.First + 10);
        yield return Take("the same picture, the playhead moved", 100, 1, 0, () =>
        {
            viewer.Timeline.MoveBy(at++ % 2 == 0 ? 1 : -1);
            viewer.Paint(1200, 700, Skin.Dark);
        });
    }

    private static Figure Take(string what, int samples, int times, double limit, Action action)
    {
        var watch = Stopwatch.StartNew();
        while (watch.ElapsedMilliseconds < 800) action();
        var microseconds = new double[samples];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < samples; i++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int j = 0; j < times; j++) action();
            microseconds[i] = (Stopwatch.GetTimestamp() - start) * 1e6 / Stopwatch.Frequency / times;
        }
        double bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / samples / times;
        Array.Sort(microseconds);
        return new Figure(what, microseconds[samples / 2], bytes, limit);
    }
}
