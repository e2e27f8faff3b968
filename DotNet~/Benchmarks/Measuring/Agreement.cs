using System;

namespace Recurrent.Benchmarks;

/// <summary>Whether two runners compute the same.</summary>
internal static class Agreement
{
    /// <summary>The largest difference that counts as rounding, relative to the largest number of an array.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>
    /// The largest difference between arrays, relative to the largest number of each. One that is zero throughout must be so on both sides, and the first, the
    /// outputs, may not be: of a layer that reads in both directions the last step asks nothing of the second one's recurrent weights.
    /// </summary>
    /// <exception cref="DisagreementException">The difference is too large, or the arrays have not the same size.</exception>
    public static double Require(string what, float[][] ours, float[][] theirs, double tolerance = Tolerance)
    {
        if (ours.Length != theirs.Length) throw new DisagreementException($"{what}: {ours.Length} arrays against {theirs.Length}.");
        double worst = 0;
        for (int i = 0; i < ours.Length; i++)
        {
            if (ours[i].Length != theirs[i].Length) throw new DisagreementException($"{what}: array {i} has {ours[i].Length} numbers against {theirs[i].Length}.");
            double difference = 0, largest = 0;
            for (int j = 0; j < ours[i].Length; j++)
            {
                difference = Math.Max(difference, Math.Abs(ours[i][j] - theirs[i][j]));
                largest = Math.Max(largest, Math.Abs(theirs[i][j]));
            }
            // Written so that what is not a number does not pass.
            if (!(difference <= tolerance * largest) || (i == 0 && largest == 0))
                throw new DisagreementException($"{what}: array {i} differs by {difference:g3}, where the largest number is {largest:g3}.");
            if (largest > 0) worst = Math.Max(worst, difference / largest);
        }
        return worst;
    }
}
