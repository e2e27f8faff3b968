using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Recurrent.Fixtures
{
    /// <summary>Ten steps of each optimizer on gradients that are given, and clipping by the norm.</summary>
    internal static class OptimizerFixtures
    {
        private const int Steps = 10, Size = 7;
        private const double Agreement = 1e-13;

        /// <summary>The names are those of torch.optim's arguments, in camel case; what an optimizer does not know is not written.</summary>
        private sealed record Spec(string Name, string Optimizer, double LearningRate)
        {
            public double WeightDecay, Momentum, Dampening, Alpha = 0.99, Beta1 = 0.9, Beta2 = 0.999, Eps = 1e-8;
            public bool Nesterov, Centered, Amsgrad;
        }

        private static readonly Spec[] Specs =
        [
            new("sgd", "SGD", 0.1),
            new("sgd-momentum", "SGD", 0.05) { Momentum = 0.9 },
            new("sgd-nesterov", "SGD", 0.05) { Momentum = 0.8, Nesterov = true },
            new("sgd-weight-decay", "SGD", 0.1) { WeightDecay = 0.2 },
            new("sgd-momentum-dampening-weight-decay", "SGD", 0.1) { Momentum = 0.7, Dampening = 0.4, WeightDecay = 0.1 },
            new("sgd-nesterov-weight-decay", "SGD", 0.1) { Momentum = 0.9, Nesterov = true, WeightDecay = 0.05 },
            new("rmsprop", "RMSprop", 0.01),
            new("rmsprop-momentum", "RMSprop", 0.01) { Alpha = 0.9, Momentum = 0.8 },
            new("rmsprop-centered", "RMSprop", 0.01) { Alpha = 0.9, Centered = true, Eps = 1e-3 },
            new("rmsprop-centered-momentum-weight-decay", "RMSprop", 0.02) { Alpha = 0.95, Centered = true, Eps = 1e-3, Momentum = 0.5, WeightDecay = 0.1 },
            new("adam", "Adam", 0.02),
            new("adam-weight-decay-eps", "Adam", 0.05) { Beta1 = 0.8, Beta2 = 0.95, Eps = 1e-2, WeightDecay = 0.1 },
            new("adam-amsgrad", "Adam", 0.05) { Beta2 = 0.6, Amsgrad = true },
            new("adamw", "AdamW", 0.05) { WeightDecay = 0.3 },
            new("adamw-eps", "AdamW", 0.05) { Beta1 = 0.7, Beta2 = 0.9, Eps = 1e-2, WeightDecay = 0.01 },
        ];

        public static IEnumerable<Fixture> All()
        {
            foreach (Spec spec in Specs) yield return Optimizer(spec);
            yield return Clip("clip-grad-norm", maxNorm: 0.5);
            yield return Clip("clip-grad-norm-below", maxNorm: 50);
        }

        private static Fixture Optimizer(Spec spec)
        {
            var fixture = new Fixture("Optimizers", spec.Name, "TorchSharp's optimizers on libtorch tensors, equal to the published update rules");
            fixture.Describe("optimizer", spec.Optimizer);
            fixture.Describe("learningRate", spec.LearningRate);
            fixture.Describe("weightDecay", spec.WeightDecay);
            if (spec.Optimizer is "SGD" or "RMSprop") fixture.Describe("momentum", spec.Momentum);
            if (spec.Optimizer == "SGD")
            {
                fixture.Describe("dampening", spec.Dampening);
                fixture.Describe("nesterov", spec.Nesterov);
            }
            if (spec.Optimizer == "RMSprop")
            {
                fixture.Describe("alpha", spec.Alpha);
                fixture.Describe("centered", spec.Centered);
            }
            if (spec.Optimizer is "Adam" or "AdamW")
            {
                fixture.Describe("beta1", spec.Beta1);
                fixture.Describe("beta2", spec.Beta2);
                fixture.Describe("amsgrad", spec.Amsgrad);
            }
            if (spec.Optimizer != "SGD") fixture.Describe("eps", spec.Eps);

            Tensor start = fixture.Given("params", 1, Size).detach();
            float[] scales = [1, 1, 1, 10, 0.1f, 1e-3f, 0];   // one parameter never gets a gradient
            var drawn = new float[Steps * Size];
            for (int i = 0; i < drawn.Length; i++) drawn[i] = fixture.Random.NextSingle(-1, 1) * scales[i % Size];
            Tensor gradients = fixture.Given("grads", drawn, Steps, Size).detach();

            using var parameter = new Parameter(start.clone());
            using optim.Optimizer optimizer = spec.Optimizer switch
            {
                "SGD" => optim.SGD([parameter], spec.LearningRate, spec.Momentum, spec.Dampening, spec.WeightDecay, spec.Nesterov),
                "RMSprop" => optim.RMSProp([parameter], spec.LearningRate, spec.Alpha, spec.Eps, spec.WeightDecay, spec.Momentum, spec.Centered),
                "Adam" => optim.Adam([parameter], spec.LearningRate, spec.Beta1, spec.Beta2, spec.Eps, spec.WeightDecay, spec.Amsgrad),
                _ => optim.AdamW([parameter], spec.LearningRate, spec.Beta1, spec.Beta2, spec.Eps, spec.WeightDecay, spec.Amsgrad),
            };
            var after = new List<Tensor>();
            for (int step = 0; step < Steps; step++)
            {
                parameter.grad = gradients[step].clone();
                optimizer.step();
                after.Add(parameter.detach().clone());
            }
            Tensor expected = stack(after);
            Agree(spec, Fixture.Numbers(start), Fixture.Numbers(gradients), Fixture.Numbers(expected));
            fixture.Expect("expected", expected);
            return fixture;
        }

        /// <summary>TorchSharp's optimizers are C# of its own, so they are held to the update rules of torch.optim's documentation, parameter by parameter.</summary>
        private static void Agree(Spec spec, double[] start, double[] gradients, double[] expected)
        {
            for (int i = 0; i < Size; i++)
            {
                double p = start[i], buffer = 0, m = 0, v = 0, vMax = 0;
                for (int t = 1; t <= Steps; t++)
                {
                    double g = gradients[(t - 1) * Size + i];
                    if (spec.Optimizer == "AdamW") p *= 1 - spec.LearningRate * spec.WeightDecay;
                    else g += spec.WeightDecay * p;
                    switch (spec.Optimizer)
                    {
                        case "SGD":
                            buffer = t == 1 ? g : spec.Momentum * buffer + (1 - spec.Dampening) * g;
                            p -= spec.LearningRate * (spec.Momentum == 0 ? g : spec.Nesterov ? g + spec.Momentum * buffer : buffer);
                            break;
                        case "RMSprop":
                            v = spec.Alpha * v + (1 - spec.Alpha) * g * g;
                            m = spec.Alpha * m + (1 - spec.Alpha) * g;
                            buffer = spec.Momentum * buffer + g / (Math.Sqrt(spec.Centered ? v - m * m : v) + spec.Eps);
                            p -= spec.LearningRate * buffer;
                            break;
                        default:
                            m = spec.Beta1 * m + (1 - spec.Beta1) * g;
                            v = spec.Beta2 * v + (1 - spec.Beta2) * g * g;
                            vMax = Math.Max(vMax, v);
                            double unbiased = (spec.Amsgrad ? vMax : v) / (1 - Math.Pow(spec.Beta2, t));
                            p -= spec.LearningRate * m / (1 - Math.Pow(spec.Beta1, t)) / (Math.Sqrt(unbiased) + spec.Eps);
                            break;
                    }
                    double torchs = expected[(t - 1) * Size + i];
                    if (!(Math.Abs(p - torchs) <= Agreement * expected.Max(Math.Abs)))
                        throw new InvalidOperationException($"Optimizers/{spec.Name}: after step {t}, TorchSharp's parameter {i} is {torchs:r}, the update rule gives {p:r}.");
                }
            }
        }

        private static Fixture Clip(string name, double maxNorm)
        {
            var fixture = new Fixture("Optimizers", name, "libtorch");
            fixture.Describe("optimizer", "clip_grad_norm");
            fixture.Describe("maxNorm", maxNorm);
            var parameters = new List<Parameter>();
            foreach (var (tensorName, shape) in new[] { ("grads.0", new long[] { 3, 4 }), ("grads.1", [5]) })
            {
                Tensor gradient = fixture.Given(tensorName, 1, shape).detach();
                parameters.Add(new Parameter(zeros(shape, ScalarType.Float64)) { grad = gradient.clone() });
            }
            double norm = nn.utils.clip_grad_norm_(parameters, maxNorm);
            fixture.Expect("norm", tensor(norm));
            for (int i = 0; i < parameters.Count; i++) fixture.Expect("expected." + i, parameters[i].grad!);
            return fixture;
        }
    }
}
