using System;
using System.Collections.Generic;
using TorchSharp;
using static TorchSharp.torch;

namespace Recurrent.Fixtures
{
    /// <summary>The losses under the names of torch.nn.functional, each the mean over its elements, with the gradient of the prediction.</summary>
    internal static class LossFixtures
    {
        public static IEnumerable<Fixture> All()
        {
            yield return Difference("mse", "mse_loss", nn.functional.mse_loss);
            yield return Difference("l1", "l1_loss", nn.functional.l1_loss);
            yield return Difference("huber-1", "huber_loss", (prediction, target, reduction) => nn.functional.huber_loss(prediction, target, 1.0, reduction), delta: 1.0);
            yield return Difference("huber-0.3", "huber_loss", (prediction, target, reduction) => nn.functional.huber_loss(prediction, target, 0.3, reduction), delta: 0.3);
            yield return CrossEntropy("cross-entropy", scale: 2, ignoreIndex: null, weighted: false);
            yield return CrossEntropy("cross-entropy-ignore", scale: 2, ignoreIndex: 3, weighted: false);
            yield return CrossEntropy("cross-entropy-weights", scale: 2, ignoreIndex: null, weighted: true);
            yield return CrossEntropy("cross-entropy-ignore-weights", scale: 2, ignoreIndex: -100, weighted: true);
            yield return CrossEntropy("cross-entropy-large-logits", scale: 300, ignoreIndex: null, weighted: false);
            yield return BinaryCrossEntropy("binary-cross-entropy", scale: 3);
            yield return BinaryCrossEntropy("binary-cross-entropy-large-logits", scale: 300);
        }

        private static Fixture Difference(string name, string loss, Func<Tensor, Tensor, nn.Reduction, Tensor> function, double? delta = null)
        {
            var fixture = new Fixture("Losses", name, "libtorch");
            fixture.Describe("loss", loss);
            if (delta is double bend) fixture.Describe("delta", bend);
            Tensor prediction = fixture.Given("prediction", 1.5f, 4, 3, 2);
            Tensor target = fixture.Given("target", 1.5f, 4, 3, 2).detach();
            return Finish(fixture, prediction, function(prediction, target, nn.Reduction.Mean));
        }

        private static Fixture CrossEntropy(string name, float scale, int? ignoreIndex, bool weighted)
        {
            const int rows = 9, classes = 5;
            var fixture = new Fixture("Losses", name, "libtorch");
            fixture.Describe("loss", "cross_entropy");
            if (ignoreIndex is int ignored) fixture.Describe("ignoreIndex", ignored);
            Tensor prediction = fixture.Given("prediction", scale, rows, classes);
            var labels = new long[rows];
            for (int i = 0; i < rows; i++) labels[i] = i % 4 == 1 && ignoreIndex is int ignore ? ignore : fixture.Random.Next(classes);
            Tensor target = fixture.GivenIndices("target", labels, rows);
            Tensor? weight = null;
            if (weighted)
            {
                var weights = new float[classes];
                for (int c = 0; c < classes; c++) weights[c] = fixture.Random.NextSingle(0.25f, 2f);
                weight = fixture.Given("weight", weights, classes).detach();
            }
            return Finish(fixture, prediction, nn.functional.cross_entropy(prediction, target, weight, ignoreIndex ?? -100));
        }

        private static Fixture BinaryCrossEntropy(string name, float scale)
        {
            var fixture = new Fixture("Losses", name, "libtorch");
            fixture.Describe("loss", "binary_cross_entropy_with_logits");
            Tensor prediction = fixture.Given("prediction", scale, 5, 3);
            var targets = new float[15];
            for (int i = 0; i < targets.Length; i++) targets[i] = i % 3 == 2 ? fixture.Random.NextSingle() : fixture.Random.Next(2);
            Tensor target = fixture.Given("target", targets, 5, 3).detach();
            return Finish(fixture, prediction, nn.functional.binary_cross_entropy_with_logits(prediction, target));
        }

        private static Fixture Finish(Fixture fixture, Tensor prediction, Tensor loss)
        {
            loss.backward();
            fixture.Expect("loss", loss);
            fixture.Expect("d_prediction", prediction.grad!);
            return fixture;
        }
    }
}
