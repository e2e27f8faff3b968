using System;

namespace Recurrent
{
    /// <summary>|p − t|, with the gradient 0 where they are equal.</summary>
    internal sealed class MeanAbsoluteErrorLoss : ElementLoss
    {
        public override string Name => "MeanAbsoluteError";

        protected override double Element(float p, float t, int i, out float dp)
        {
            float error = p - t;
            // Not Math.Sign, which throws on NaN: a diverged prediction has to come out as a NaN loss.
            dp = error > 0f ? 1f : error < 0f ? -1f : error;
            return Math.Abs((double)error);
        }
    }
}
