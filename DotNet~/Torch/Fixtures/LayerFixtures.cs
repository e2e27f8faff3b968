using System.Collections.Generic;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Recurrent.Fixtures
{
    /// <summary>Linear and Embedding.</summary>
    internal static class LayerFixtures
    {
        public static IEnumerable<Fixture> All()
        {
            yield return Linear("linear", 5, 3, bias: true, batch: 4, steps: 3);
            yield return Linear("linear-no-bias", 17, 9, bias: false, batch: 3, steps: 2);
            yield return Embedding("embedding", paddingIndex: null);
            yield return Embedding("embedding-padding-first", paddingIndex: 0);
            yield return Embedding("embedding-padding-inside", paddingIndex: 4);
        }

        private static Fixture Linear(string name, int inputs, int outputs, bool bias, int batch, int steps)
        {
            var fixture = new Fixture("Layers", name, "libtorch");
            fixture.Describe("layer", "Linear");
            fixture.Describe("inputSize", inputs);
            fixture.Describe("outputSize", outputs);
            fixture.Describe("bias", bias);
            Tensor weight = fixture.Given("weight", 1, outputs, inputs);
            Tensor? offset = bias ? fixture.Given("bias", 1, outputs) : null;
            Tensor input = fixture.Given("input", 1, batch, steps, inputs);
            Tensor dOutput = fixture.Given("d_output", 1, batch, steps, outputs).detach();

            Tensor output = nn.functional.linear(input, weight, offset);
            (output * dOutput).sum().backward();
            fixture.Expect("output", output);
            fixture.Expect("d_input", input.grad!);
            fixture.Expect("grad.weight", weight.grad!);
            if (offset is not null) fixture.Expect("grad.bias", offset.grad!);
            return fixture;
        }

        /// <summary>Words that come twice, one that never comes, and padding.</summary>
        private static Fixture Embedding(string name, int? paddingIndex)
        {
            const int words = 7, features = 3, batch = 3, steps = 4;
            var fixture = new Fixture("Layers", name, "libtorch");
            fixture.Describe("layer", "Embedding");
            fixture.Describe("numEmbeddings", words);
            fixture.Describe("embeddingDim", features);
            if (paddingIndex is int padding) fixture.Describe("paddingIndex", padding);
            var table = new float[words * features];
            for (int i = 0; i < table.Length; i++) table[i] = i / features == paddingIndex ? 0 : fixture.Random.NextSingle(-1, 1);
            Tensor weight = fixture.Given("weight", table, words, features);
            Tensor input = fixture.GivenIndices("input", [4, 0, 2, 2, 6, 4, 0, 0, 1, 5, 2, 0], batch, steps);
            Tensor dOutput = fixture.Given("d_output", 1, batch, steps, features).detach();

            using var embedding = nn.Embedding(words, features, paddingIndex, dtype: ScalarType.Float64);
            embedding.weight = new Parameter(weight.detach());
            Tensor output = embedding.call(input);
            (output * dOutput).sum().backward();
            fixture.Expect("output", output);
            fixture.Expect("grad.weight", embedding.weight!.grad!);
            return fixture;
        }
    }
}
