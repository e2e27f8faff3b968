using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Recurrent.Fixtures
{
    /// <summary>
    /// One case: its description, the float32 numbers both sides start from, and what float64 arithmetic makes of them.
    /// Written as one safetensors file. The numbers given are drawn from a seed that the case's name determines.
    /// </summary>
    internal sealed class Fixture
    {
        public const string Command = "dotnet run -c Release --project DotNet~/Torch/Fixtures -- --out Tests/Fixtures~";

        private readonly List<KeyValuePair<string, string>> _description = new();
        private readonly List<(string Name, string Type, long[] Shape, byte[] Bytes)> _tensors = new();
        private readonly RandomSource _random;

        /// <param name="group">The folder: Recurrent, Cells, Losses …</param>
        /// <param name="name">The file's name without its extension.</param>
        /// <param name="source">Who computed the expected values.</param>
        public Fixture(string group, string name, string source)
        {
            Group = group;
            Name = name;
            ulong seed = 14695981039346656037UL;   // FNV-1a, so that a new case changes no other
            foreach (char letter in group + "/" + name) seed = (seed ^ letter) * 1099511628211UL;
            _random = new RandomSource(seed);
            Describe("command", Command);
            Describe("source", source);
            Describe("torchSharp", typeof(torch).Assembly.GetName().Version!.ToString(3));
            Describe("libtorch", torch.__version__);
            Describe("group", group);
        }

        public string Group { get; }
        public string Name { get; }
        public RandomSource Random => _random;

        public void Describe(string key, object value) => _description.Add(new(key, value switch
        {
            bool flag => flag ? "true" : "false",
            IEnumerable<int> numbers => string.Join(",", numbers),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        }));

        /// <summary>Uniform float32 numbers in ±<paramref name="scale"/>, written; returned in float64 as a leaf that collects a gradient.</summary>
        public Tensor Given(string name, float scale, params long[] shape)
        {
            var values = new float[shape.Aggregate(1L, (product, length) => product * length)];
            for (int i = 0; i < values.Length; i++) values[i] = _random.NextSingle(-scale, scale);
            return Given(name, values, shape);
        }

        /// <summary>These float32 numbers, written; returned in float64 as a leaf that collects a gradient.</summary>
        public Tensor Given(string name, float[] values, params long[] shape)
        {
            Write(name, "F32", shape, MemoryMarshal.AsBytes<float>(values));
            // A copy, because the first tensor lies in the array's memory, wherever that is: results would depend on its alignment.
            return tensor(Array.ConvertAll(values, value => (double)value), shape, ScalarType.Float64).clone().requires_grad_();
        }

        /// <summary>These indices, written as I64.</summary>
        public Tensor GivenIndices(string name, long[] values, params long[] shape)
        {
            Write(name, "I64", shape, MemoryMarshal.AsBytes<long>(values));
            return tensor(values, shape, ScalarType.Int64);
        }

        /// <summary>What the other side should arrive at, written as F64.</summary>
        public void Expect(string name, Tensor value)
        {
            double[] numbers = Numbers(value);
            if (!numbers.All(double.IsFinite)) throw new InvalidOperationException($"{Group}/{Name}: {name} is not finite.");
            Write(name, "F64", value.shape, MemoryMarshal.AsBytes<double>(numbers));
        }

        /// <summary>Writes the file: tensors of 8-byte elements first, so that every one of them is aligned; the header in the order of their offsets.</summary>
        /// <returns>Its size in bytes.</returns>
        public long Save(string folder)
        {
            var ordered = _tensors.OrderByDescending(tensor => tensor.Type is "F64" or "I64").ToList();
            using var header = new MemoryStream();
            using (var json = new Utf8JsonWriter(header, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStartObject();
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in _description) json.WriteString(key, value);
                json.WriteEndObject();
                long offset = 0;
                foreach (var (name, type, shape, bytes) in ordered)
                {
                    json.WriteStartObject(name);
                    json.WriteString("dtype", type);
                    json.WriteStartArray("shape");
                    foreach (long length in shape) json.WriteNumberValue(length);
                    json.WriteEndArray();
                    json.WriteStartArray("data_offsets");
                    json.WriteNumberValue(offset);
                    json.WriteNumberValue(offset += bytes.Length);
                    json.WriteEndArray();
                    json.WriteEndObject();
                }
                json.WriteEndObject();
            }
            while (header.Length % 8 != 0) header.WriteByte((byte)' ');

            Directory.CreateDirectory(Path.Combine(folder, Group));
            using var file = new BinaryWriter(File.Create(Path.Combine(folder, Group, Name + ".safetensors")));
            file.Write((ulong)header.Length);
            file.Write(header.ToArray());
            foreach (var tensor in ordered) file.Write(tensor.Bytes);
            file.Flush();
            return file.BaseStream.Length;
        }

        public static double[] Numbers(Tensor value) => value.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();

        private void Write(string name, string type, long[] shape, ReadOnlySpan<byte> bytes)
        {
            if (_tensors.Any(tensor => tensor.Name == name)) throw new InvalidOperationException($"{Group}/{Name}: {name} twice.");
            _tensors.Add((name, type, shape, bytes.ToArray()));
        }
    }
}
