namespace Recurrent.Benchmarks;

/// <summary>How long is measured.</summary>
/// <param name="Blocks">Times that each side of a contest is measured.</param>
/// <param name="TrainingBlock">Seconds of a block of training steps, at least one step.</param>
/// <param name="InferenceBlock">Seconds of a block of inference.</param>
/// <param name="WarmUp">Seconds for which each side of a contest runs unmeasured.</param>
/// <param name="FirstWarmUp">Seconds of warm-up before anything is measured.</param>
/// <param name="Jobs">Times that the whole job is measured.</param>
internal sealed record Pace(int Blocks, double TrainingBlock, double InferenceBlock, double WarmUp, double FirstWarmUp, int Jobs)
{
    public static Pace Full { get; } = new(9, 0.1, 0.04, 0.5, 10, 7);

    public static Pace Quick { get; } = new(3, 0.03, 0.02, 0.1, 3, 1);
}
