using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace Recurrent.Tests
{
    /// <summary>Losses beside libtorch's of the same name: the mean over a batch, and the gradient of the prediction.</summary>
    public class LossReferenceTests
    {
        public static IEnumerable<string> Cases() => Fixture.Names("Losses");

        [TestCaseSource(nameof(Cases))]
        public void TheMeanAndItsGradientAgree(string name)
        {
            Fixture fixture = Fixture.Load("Losses", name);
            Loss loss = Create(fixture);
            float[] prediction = fixture.Floats("prediction");
            float[] target = fixture.Text("loss") == "cross_entropy" ? fixture.Indices("target") : fixture.Floats("target");
            ReadOnlySpan<int> shape = fixture.Shape("prediction");
            int outputs = shape[shape.Length - 1], targets = loss.TargetSize(outputs), rows = prediction.Length / outputs;
            Assert.That(target.Length, Is.EqualTo(rows * targets));
            loss.CheckTargets(outputs, target);

            double sum = 0, weight = 0;
            for (int row = 0; row < rows; row++) weight += loss.Weight(outputs, target.AsSpan(row * targets, targets));
            var gradient = new float[prediction.Length];
            for (int row = 0; row < rows; row++)
                sum += loss.Evaluate(prediction.AsSpan(row * outputs, outputs), target.AsSpan(row * targets, targets), (float)(1 / weight), gradient.AsSpan(row * outputs, outputs));
            fixture.Check("loss", new[] { (float)(sum / weight) });
            fixture.Check("d_prediction", gradient);
        }

        private static Loss Create(Fixture fixture) => fixture.Text("loss") switch
        {
            "mse_loss" => Losses.MeanSquaredError,
            "l1_loss" => Losses.MeanAbsoluteError,
            "huber_loss" => Losses.Huber((float)fixture.Number("delta")),
            "cross_entropy" => Losses.CrossEntropy(fixture.Describes("ignoreIndex") ? fixture.Integer("ignoreIndex") : -100, fixture.Has("weight") ? fixture.Floats("weight") : null),
            "binary_cross_entropy_with_logits" => Losses.BinaryCrossEntropyWithLogits(),
            string other => throw new ArgumentException(other),
        };
    }
}
