using System;
using System.Globalization;

namespace Recurrent
{
    /// <summary>
    /// Says which learning rate an optimizer step uses. The rate is a pure function of the base rate, of how far training has come and of the state,
    /// so that a resumed run gets the same bits; only the plateau schedule has a state, and hears of it by <see cref="EndEpoch"/>.
    /// Schedules count epochs, as PyTorch's are commonly stepped, unless told to count optimizer steps; the warm-up counts steps.
    /// </summary>
    public abstract class LearningRateSchedule
    {
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
        /// <exception cref="ArgumentException">The state is not that of such a schedule.</exception>
        public virtual void SetState(ReadOnlySpan<double> state)
        {
            if (!state.IsEmpty) throw new ArgumentException($"{this}: got a state of {state.Length} numbers, expected none.", nameof(state));
        }

        private protected static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }
}
