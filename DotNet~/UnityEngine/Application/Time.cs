namespace UnityEngine;

public class Time
{
    public static float time => (float)Clock("get_time").Time;

    public static double timeAsDouble => Clock("get_timeAsDouble").Time;

    public static float timeSinceLevelLoad => (float)(Clock("get_timeSinceLevelLoad").Time - Clock("get_timeSinceLevelLoad").SceneStart);

    public static float deltaTime => Clock("get_deltaTime").Delta;

    public static float fixedTime => (float)Mathf.Max(0F, (float)Clock("get_fixedTime").FixedTime);

    public static double fixedTimeAsDouble => System.Math.Max(0, Clock("get_fixedTimeAsDouble").FixedTime);

    public static float unscaledTime => (float)Clock("get_unscaledTime").Unscaled;

    public static double unscaledTimeAsDouble => Clock("get_unscaledTimeAsDouble").Unscaled;

    public static float unscaledDeltaTime => Clock("get_unscaledDeltaTime").UnscaledDelta;

    public static float smoothDeltaTime => Clock("get_smoothDeltaTime").FrameDelta;

    public static float fixedDeltaTime
    {
        get => Clock("get_fixedDeltaTime").FixedStep;
        set => Clock("set_fixedDeltaTime").FixedStep = value;
    }

    public static float maximumDeltaTime
    {
        get => Clock("get_maximumDeltaTime").MaximumStep;
        set => Clock("set_maximumDeltaTime").MaximumStep = value;
    }

    public static float timeScale
    {
        get => Clock("get_timeScale").Scale;
        set => Clock("set_timeScale").Scale = value;
    }

    public static int frameCount => Clock("get_frameCount").FrameCount;

    public static float realtimeSinceStartup => (float)World.Current.Clock.Realtime;

    public static double realtimeSinceStartupAsDouble => World.Current.Clock.Realtime;

    public static float captureDeltaTime
    {
        get => Clock("get_captureDeltaTime").CaptureStep;
        set => Clock("set_captureDeltaTime").CaptureStep = value;
    }

    public static int captureFramerate
    {
        get => captureDeltaTime == 0F ? 0 : Mathf.RoundToInt(1F / captureDeltaTime);
        set => captureDeltaTime = value == 0 ? 0F : 1F / value;
    }

    public static bool inFixedTimeStep => Clock("get_inFixedTimeStep").InFixed;

    private static Clock Clock(string member)
    {
        MainThread.Require(member);
        return World.Current.Clock;
    }
}
