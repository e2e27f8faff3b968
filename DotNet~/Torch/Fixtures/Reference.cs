using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using static TorchSharp.torch;

namespace Recurrent.Fixtures
{
    /// <summary>
    /// The recurrences written out, in float64, from elementary operations that libtorch differentiates. One sequence at a time:
    /// no batch, no padding, no packing, so that nothing is shared with libtorch's recurrent operators, against which it is checked
    /// wherever they have the recurrence. It alone has the GRU whose reset gate acts before the product, and the second update convention.
    /// </summary>
    internal static class Reference
    {
        /// <summary>Output and final states of a whole stack. Batch first; <paramref name="states"/> are h0 and, for an LSTM, c0.</summary>
        public static (Tensor Output, Tensor[] FinalStates) Run(RecurrentSpec spec, Tensor input, Tensor[] states, IReadOnlyDictionary<string, Tensor> parameters)
        {
            var outputs = new List<Tensor>();                              // B × (T, D*P)
            var finals = states.Select(_ => new List<Tensor>()).ToArray();  // per state, B × (L*D, P or H)
            for (int b = 0; b < spec.Batch; b++)
            {
                int steps = spec.Lengths.Length == 0 ? spec.Steps : spec.Lengths[b];
                Tensor[] sequence = Enumerable.Range(0, steps).Select(t => input[b, t]).ToArray();
                var ends = states.Select(_ => new List<Tensor>()).ToArray();
                for (int layer = 0; layer < spec.NumLayers; layer++)
                {
                    var directions = new List<Tensor[]>();
                    for (int direction = 0; direction < spec.Directions; direction++)
                    {
                        int slot = layer * spec.Directions + direction;
                        Tensor[] state = states.Select(all => all[slot, b]).ToArray();
                        var outputsOfDirection = new Tensor[steps];
                        for (int i = 0; i < steps; i++)
                        {
                            int t = direction == 0 ? i : steps - 1 - i;
                            state = Step(spec, RecurrentSpec.Suffix(layer, direction), sequence[t], state, parameters);
                            outputsOfDirection[t] = state[0];
                        }
                        directions.Add(outputsOfDirection);
                        for (int s = 0; s < state.Length; s++) ends[s].Add(state[s]);
                    }
                    sequence = Enumerable.Range(0, steps).Select(t => cat(directions.Select(direction => direction[t]).ToArray())).ToArray();
                }
                Tensor padding = zeros(spec.Steps - steps, spec.Directions * spec.OutputSize, ScalarType.Float64);
                outputs.Add(cat([stack(sequence), padding]));
                for (int s = 0; s < ends.Length; s++) finals[s].Add(stack(ends[s]));
            }
            return (stack(outputs), finals.Select(final => stack(final, 1)).ToArray());
        }

        /// <summary>One step of one sequence: [h] or [h, c], and the states that follow.</summary>
        public static Tensor[] Step(RecurrentSpec spec, string suffix, Tensor x, Tensor[] states, IReadOnlyDictionary<string, Tensor> parameters)
        {
            Tensor h = states[0];
            switch (spec.Cell)
            {
                case "RNN":
                    {
                        Tensor a = FromInput() + FromHidden(h);
                        return [spec.Nonlinearity == "relu" ? a.relu() : a.tanh()];
                    }
                case "LSTM":
                    {
                        Tensor[] gates = (FromInput() + FromHidden(h)).chunk(4);
                        Tensor i = gates[0].sigmoid(), f = gates[1].sigmoid(), g = gates[2].tanh(), o = gates[3].sigmoid();
                        Tensor c = f * states[1] + i * g;
                        Tensor m = o * c.tanh();
                        return [spec.ProjSize > 0 ? parameters["weight_hr" + suffix].mv(m) : m, c];
                    }
                case "GRU":
                    {
                        Tensor[] input = FromInput().chunk(3), hidden = FromHidden(h).chunk(3);
                        Tensor r = (input[0] + hidden[0]).sigmoid(), z = (input[1] + hidden[1]).sigmoid();
                        Tensor n = (input[2] + (spec.ResetAfter ? r * hidden[2] : FromHidden(r * h).chunk(3)[2])).tanh();
                        return [spec.UpdateKeeps ? (1 - z) * n + z * h : (1 - z) * h + z * n];
                    }
                default: throw new ArgumentException(spec.Cell);
            }

            Tensor FromInput() => Affine("ih", x);
            Tensor FromHidden(Tensor hidden) => Affine("hh", hidden);
            Tensor Affine(string from, Tensor vector)
            {
                Tensor product = parameters[$"weight_{from}{suffix}"].mv(vector);
                return spec.Bias ? product + parameters[$"bias_{from}{suffix}"] : product;
            }
        }
    }
}
