namespace UnityEngine;

/// <summary>The engine's time, which moves by frames alone: a frame is as long as the player says, however long it took.</summary>
internal sealed class Clock
{
    /// <summary>Unscaled seconds a frame.</summary>
    public float Step { get; set; } = 1F / 60F;

    public float CaptureStep { get; set; }

    public float Scale { get; set; } = 1F;

    public float FixedStep { get; set; } = 0.02F;

    public float MaximumStep { get; set; } = 1F / 3F;

    public int FrameCount { get; private set; }

    public double Unscaled { get; private set; }

    public double FixedUnscaled { get; private set; }

    public float UnscaledDelta { get; private set; }

    public double SceneStart { get; set; }

    public bool InFixed { get; private set; }

    public double Realtime => Unscaled;

    public double FrameTime { get; private set; }

    public double FixedTime { get; private set; } = double.NegativeInfinity;

    public float FrameDelta { get; private set; }

    public double Time => InFixed ? FixedTime : FrameTime;

    public float Delta => InFixed ? FixedStep : FrameDelta;

    public void NextFrame()
    {
        float step = CaptureStep > 0F ? CaptureStep : Step;
        FrameCount++;
        UnscaledDelta = step;
        FrameDelta = Mathf.Min(step, MaximumStep) * Scale;
        // The first frame is at zero, though its delta is not.
        if (FrameCount == 1) return;
        Unscaled += step;
        FrameTime += FrameDelta;
    }

    /// <summary>Steps to the next fixed update that is due; false where there is none.</summary>
    public bool NextFixed()
    {
        // A hair of tolerance, for both sides are sums of floats.
        double next = double.IsNegativeInfinity(FixedTime) ? 0 : FixedTime + FixedStep;
        InFixed = Scale > 0F && next <= FrameTime + 1e-7;
        if (!InFixed) return false;
        FixedTime = next;
        FixedUnscaled = Unscaled;
        return true;
    }
}
