using System;
using System.IO;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class DiagnosisTests
    {
        [TestCase("LSTM", 1UL)]
        [TestCase("LSTM", 2UL)]
        [TestCase("GRU", 3UL)]
        [TestCase("GRU", 4UL)]
        [TestCase("RNN", 5UL)]
        public void HealthyRunsAreNotCalledIll(string cell, ulong seed)
        {
            DemonstrationRun run = DemonstrationRun.Train(Demonstration.Healthy, cell, seed: seed);
            Assert.That(run.Diagnose().ToString(), Is.EqualTo("No fault was found."));
            Assert.That(run.Log.Epochs[19].ValidationLoss, Is.LessThan(0.03), "it has learned");
        }

        [TestCase(Demonstration.LearningRateTimes100, Fault.Exploding, "training", "in the first step to")]
        [TestCase(Demonstration.LearningRateTimes100, Fault.Saturated, "rnn.l0.f", "of the gate's values are above 0.99")]
        [TestCase(Demonstration.ForgetBiasMinus10, Fault.Saturated, "rnn.l0.f", "100 % below 0.01")]
        [TestCase(Demonstration.InputsTimes1000, Fault.InputsNotNormalized, "input", "where about −3 … 3 is expected")]
        [TestCase(Demonstration.InputsTimes1000, Fault.Saturated, "rnn.l0.i", "of the gate's values")]
        [TestCase(Demonstration.LayerFrozenAtZero, Fault.DeadUnits, "rnn.l0.h", "16 of 16 units")]
        [TestCase(Demonstration.LayerFrozenAtZero, Fault.NotLearning, "training", "after 20 epochs")]
        [TestCase(Demonstration.Untrained, Fault.NotLearning, "output", "a constant would be off by")]
        [TestCase(Demonstration.TooFewData, Fault.Overfitting, "training", "the validation loss climbed from")]
        public void AnInducedFaultIsNamedFromTheRecordingFile(Demonstration what, Fault fault, string place, string evidence)
        {
            DemonstrationRun run = DemonstrationRun.Train(what, epochs: what == Demonstration.TooFewData ? 150 : 20);
            string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
            try
            {
                run.Save(path);
                Diagnosis diagnosis = Diagnosis.Of(RecordingFile.Load(path));
                foreach (Finding finding in diagnosis.Findings)
                    if (finding.Fault == fault && finding.Place == place && finding.Evidence.Contains(evidence)) return;
                Assert.Fail($"{fault} ({place}) with '{evidence}' is not among:\n{diagnosis}");
            }
            finally
            {
                File.Delete(path);
            }
        }

        [Test]
        public void TheStepOfTheFirstNaNIsNamed()
        {
            var layout = new RecordingLayout(RecordChannels.Hidden | RecordChannels.Target, 0, 0, 1, new[] { new RecordedCell("l0", "RNN", 2, 2, false) });
            var frames = new float[3 * 20];
            for (int t = 0; t < 20; t++)
            {
                frames[3 * t] = float.NaN;
                frames[3 * t + 1] = MathF.Sin(t);
                frames[3 * t + 2] = t < 13 ? MathF.Cos(t) : float.NaN;
            }
            Diagnosis diagnosis = Diagnosis.Of(new Recording("NPC", layout, 100, frames));
            Assert.That(diagnosis.Findings, Has.Count.EqualTo(1));
            Assert.That(diagnosis.Findings[0].ToString(), Does.StartWith("Not a number (l0.h): L0.h[1] is NaN since step 113; nothing before that is.").IgnoreCase);
        }

        [Test]
        public void AGradientThatVanishesOrExplodesIsNamed()
        {
            GradientFlow Flow(float weight)
            {
                var layer = new RNN(1, 1, bias: false);
                foreach (Parameter parameter in layer.Parameters) parameter.Fill(weight);
                return GradientFlow.Measure(layer, new float[40]);
            }
            Assert.That(Diagnosis.Of(null, null, Flow(0.5f)).Findings[0].ToString(), Does.Contain("Vanishing gradient (l0): 17 steps back only 7.6×10⁻⁶"));
            Assert.That(Diagnosis.Of(null, null, Flow(2f)).Findings[0].ToString(), Does.Contain("Exploding (l0): 17 steps back the gradient's norm is 1.3×10⁵ times"));
            Assert.That(Diagnosis.Of(null, null, Flow(0.9f)).Findings, Is.Empty);
        }

        [Test]
        public void ARunThatDivergesIsNamedWithItsStep()
        {
            var model = new SequenceModel(new RNN(1, 4, nonlinearity: Nonlinearity.ReLU), new Linear(4, 1));
            foreach (Parameter parameter in model.Parameters) parameter.Fill(3e8f);
            using var trainer = new Trainer(model, Losses.MeanSquaredError, new SGD(1e6f), new TrainingOptions { Threads = 1 });
            var log = new TrainingLog();
            trainer.Fit(new ArrayDataset(new[] { new[] { 1f, 1f, 1f, 1f, 1f } }, new[] { new[] { 1f, 1f, 1f, 1f, 1f } }, 1, 1), null, 3, log);
            Assert.That(trainer.Outcome, Is.EqualTo(TrainingOutcome.Diverged));
            Assert.That(Diagnosis.Of(null, log).Has(Fault.NotANumber));
            Assert.That(log.NotFiniteSince, Is.EqualTo(1));
        }
    }
}
