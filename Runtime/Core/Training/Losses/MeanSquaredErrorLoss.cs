namespace Recurrent
{
    /// <summary>(p − t)².</summary>
    internal sealed class MeanSquaredErrorLoss : ElementLoss
    {
        public override string Name => "MeanSquaredError";

        protected override double Element(float p, float t, int i, out float dp)
        {
            float error = p - t;
            dp = 2f * error;
            return (double)error * error;
        }
    }
}
