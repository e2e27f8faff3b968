using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class TeacherForcingScheduleTests
    {
        [Test]
        public void FallsInAStraightLineAndStays()
        {
            TeacherForcingSchedule epochs = TeacherForcingSchedule.Linear(1, 0.5f, 4), steps = TeacherForcingSchedule.Linear(0.2f, 0.8f, 300, ScheduleUnit.Step);
            Assert.That(new[] { 0, 1, 2, 3, 4, 9 }.Select(epoch => epochs.Ratio(epoch, 1000)), Is.EqualTo(new[] { 1, 0.875f, 0.75f, 0.625f, 0.5f, 0.5f }).Within(1e-6));
            Assert.That(new[] { 0L, 100, 200, 300, 5000 }.Select(step => steps.Ratio(7, step)), Is.EqualTo(new[] { 0.2f, 0.4f, 0.6f, 0.8f, 0.8f }).Within(1e-6));
            Assert.That((TeacherForcingSchedule.Always.Ratio(0, 0), TeacherForcingSchedule.Constant(0.25f).Ratio(0, 0), TeacherForcingSchedule.Constant(0.25f).Ratio(9, 99)), Is.EqualTo((1f, 0.25f, 0.25f)));
            Assert.That((epochs.ToString(), steps.ToString(), TeacherForcingSchedule.Constant(0.5f).ToString()),
                Is.EqualTo(("Linear(1 to 0.5 in 4 epochs)", "Linear(0.2 to 0.8 in 300 steps)", "Constant(0.5)")));
        }

        [Test]
        public void RefusesWhatIsNoRatio()
        {
            Assert.That(() => TeacherForcingSchedule.Constant(1.5f), Throws.ArgumentException.With.Message.Contains("expected a ratio of 0 to 1, got 1.5."));
            Assert.That(() => TeacherForcingSchedule.Linear(1, float.NaN, 3), Throws.ArgumentException.With.Message.Contains("got NaN."));
            Assert.That(() => TeacherForcingSchedule.Linear(1, 0, 0), Throws.ArgumentException.With.Message.Contains("expected a duration of at least 1, got 0."));
            Assert.That(() => new Trainer(new SequenceModel(new Linear(1, 1)), Losses.MeanSquaredError, new Adam(), new TrainingOptions { TeacherForcing = null! }),
                Throws.ArgumentException.With.Message.Contains("TeacherForcing is null"));
        }
    }
}
