using System;
using System.Globalization;

namespace Recurrent
{
    /// <summary>
    /// Says which learning rate an optimizer step uses. The rate is a pure function of the base rate, of how far training has come and of the state,
    /// so that a resumed run gets the same bits; only <see cref="Plateau"/> has a state, and hears of the loss by <see cref="EndEpoch"/>.
    /// Schedules count epochs, as PyTorch's are commonly stepped, unless told to count optimizer steps; a warm-up counts steps.
    /// <see cref="object.ToString"/> names the schedule with its parameters.
    /// </summary>
    public abstract class LearningRateSchedule
    {
        /// <summary>The base rate for ever.</summary>
        public static LearningRateSchedule Constant { get; } = new ConstantSchedule();

        /// <summary>The base rate times <paramref name="gamma"/> to the number of whole periods that have passed (PyTorch's <c>StepLR</c>).</summary>
        /// <param name="period">After how many epochs or steps the rate falls.</param>
        /// <param name="gamma">What it is multiplied by.</param>
        /// <param name="unit">What is counted.</param>
        /// <exception cref="ArgumentException">The period is below 1, or gamma is negative or not finite.</exception>
        public static LearningRateSchedule StepDecay(long period, double gamma = 0.1, ScheduleUnit unit = ScheduleUnit.Epoch) =>
            new StepDecaySchedule(period, gamma, unit);

        /// <summary>
        /// From the base rate down to <paramref name="minimum"/> along half a cosine: minimum + (base − minimum) (1 + cos(π n / duration)) / 2
        /// (PyTorch's <c>CosineAnnealingLR</c>; Loshchilov and Hutter, 2017). Afterwards it stays at the minimum, where PyTorch's climbs again.
        /// </summary>
        /// <param name="duration">How many epochs or steps the descent takes.</param>
        /// <param name="minimum">The rate it ends at.</param>
        /// <param name="unit">What is counted.</param>
        /// <exception cref="ArgumentException">The duration is below 1, or the minimum is negative or not finite.</exception>
        public static LearningRateSchedule Cosine(long duration, float minimum = 0f, ScheduleUnit unit = ScheduleUnit.Epoch) =>
            new CosineSchedule(duration, minimum, unit);

        /// <summary>
        /// The base rate, multiplied by <paramref name="factor"/> whenever the loss given to <see cref="EndEpoch"/> has not become better for more than
        /// <paramref name="patience"/> epochs (PyTorch's <c>ReduceLROnPlateau</c>). Better means below best − threshold·|best|. This schedule has a state: each run needs its own.
        /// </summary>
        /// <param name="factor">What the rate is multiplied by.</param>
        /// <param name="patience">How many epochs without improvement are let pass.</param>
        /// <param name="threshold">By what share the loss must fall below the best to count as better.</param>
        /// <param name="cooldown">For how many epochs after a reduction none is counted against it.</param>
        /// <param name="minimum">The rate is not reduced below it.</param>
        /// <exception cref="ArgumentException">The factor is not in [0, 1), or another value is negative or not finite.</exception>
        public static LearningRateSchedule Plateau(double factor = 0.1, int patience = 10, double threshold = 1e-4, int cooldown = 0, float minimum = 0f) =>
            new PlateauSchedule(factor, patience, threshold, cooldown, minimum);

        /// <summary>
        /// This schedule with a warm-up: its rate is multiplied by a factor that rises in a straight line from <paramref name="startFactor"/> at the first
        /// to 1 after <paramref name="duration"/> (PyTorch's <c>LinearLR</c>, chained with this schedule). This schedule counts from the beginning, warm-up included.
        /// </summary>
        /// <param name="duration">How many steps or epochs the warm-up takes.</param>
        /// <param name="startFactor">The first factor.</param>
        /// <param name="unit">What is counted.</param>
        /// <exception cref="ArgumentException">The duration is below 1, or the factor is not in (0, 1].</exception>
        public LearningRateSchedule WithWarmUp(long duration, double startFactor = 1.0 / 3.0, ScheduleUnit unit = ScheduleUnit.Step) =>
            new WarmUpSchedule(this, duration, startFactor, unit);

        /// <summary>The learning rate of the next optimizer step.</summary>
        /// <param name="baseRate">The rate the optimizer was made with.</param>
        /// <param name="epoch">How many epochs are finished: 0 during the first.</param>
        /// <param name="step">How many optimizer steps are finished: 0 before the first.</param>
        public abstract float LearningRate(float baseRate, int epoch, long step);

        /// <summary>To be called once at the end of every epoch.</summary>
        /// <param name="validationLoss">The loss on the validation part (on the training part where there is no other).</param>
        public virtual void EndEpoch(double validationLoss)
        {
        }

        /// <summary>The finite numbers from which <see cref="SetState"/> continues exactly here; none for a schedule without a memory.</summary>
        public virtual double[] GetState() => Array.Empty<double>();

        /// <summary>Continues from what <see cref="GetState"/> returned.</summary>
        /// <exception cref="ArgumentException">The state is not that of such a schedule; nothing has changed.</exception>
        public virtual void SetState(ReadOnlySpan<double> state)
        {
            if (!state.IsEmpty) throw new ArgumentException($"{this}: got a state of {state.Length} numbers, expected none.", nameof(state));
        }

        private protected static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

        private protected static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

        private protected static double Checked(bool good, double value, string schedule, string name, string expected) =>
            good ? value : throw new ArgumentException($"{schedule}: {name} is {Text(value)}, expected {expected}.", name);
    }
}
