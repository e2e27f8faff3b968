namespace Recurrent
{
    internal sealed class ConstantSchedule : LearningRateSchedule
    {
        public override float LearningRate(float baseRate, int epoch, long step) => baseRate;

        public override string ToString() => "Constant";
    }
}
