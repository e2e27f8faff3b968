using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using NUnit.Framework;

namespace Recurrent.Tests
{
    /// <summary>
    /// One case of Tests/Fixtures~: the numbers both sides start from and those that libtorch arrives at in double precision.
    /// The README beside the files says what stands in them and which command writes them.
    /// </summary>
    internal sealed class Fixture
    {
        /// <summary>How far a number may be off, as a share of the largest expected number of its tensor.</summary>
        public const double Tolerance = 1e-5;

        private readonly SafeTensorsFile _file;

        private Fixture(SafeTensorsFile file) => _file = file;

        /// <summary>Tests/Fixtures~, found from where this source lay when it was compiled; in Unity that is relative to the project.</summary>
        public static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourcePath())!, "..", "Fixtures~"));

        /// <summary>The names of a folder's files, sorted; none if there is no such folder, which FixtureTests does not let pass.</summary>
        public static IReadOnlyList<string> Names(string group)
        {
            string folder = Path.Combine(Folder, group);
            if (!Directory.Exists(folder)) return Array.Empty<string>();
            string[] names = Directory.GetFiles(folder, "*.safetensors").Select(file => Path.GetFileNameWithoutExtension(file)).ToArray();
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }

        /// <summary>Every file of a folder with every kernel set that runs here: (name, kernel set's name).</summary>
        public static IEnumerable<TestCaseData> NamesAndKernels(string group) =>
            Names(group).SelectMany(name => KernelSet.Available.Select(kernels => new TestCaseData(name, kernels.Name)));

        public static KernelSet Kernels(string name) => KernelSet.Available.First(kernels => kernels.Name == name);

        public static Fixture Load(string group, string name) => new Fixture(SafeTensorsFile.Load(Path.Combine(Folder, group, name + ".safetensors")));

        public bool Has(string tensor) => _file.TryGetTensor(tensor, out _);

        /// <summary>Floats that are given; empty if the case gives none of that name.</summary>
        public float[] Floats(string tensor) => _file.TryGetTensor(tensor, out SafeTensor? found) ? found.ReadSingle() : Array.Empty<float>();

        /// <summary>Numbers that are expected.</summary>
        public double[] Doubles(string tensor) => _file[tensor].ReadDouble();

        /// <summary>Indices that are given, as the floats in which layers and losses take them.</summary>
        public float[] Indices(string tensor) => Array.ConvertAll(_file[tensor].ReadInt64(), index => (float)index);

        public ReadOnlySpan<int> Shape(string tensor) => _file[tensor].Shape;

        public bool Describes(string key) => _file.TryGetMetadata(key, out _);

        public string Text(string key) => _file.TryGetMetadata(key, out string? text) ? text : throw new KeyNotFoundException($"{_file.Path}: does not describe '{key}'.");

        public int Integer(string key) => int.Parse(Text(key), CultureInfo.InvariantCulture);

        public double Number(string key) => double.Parse(Text(key), CultureInfo.InvariantCulture);

        public bool Flag(string key) => bool.Parse(Text(key));

        /// <summary>Numbers with commas between them; none for an empty text.</summary>
        public int[] Integers(string key) =>
            Text(key).Split(new[] { ',' }, StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();

        /// <summary>Sets every parameter to the tensor of its name.</summary>
        public void SetParameters(Layer layer)
        {
            foreach (Parameter parameter in layer.Parameters)
            {
                Assert.That(parameter.Shape, Is.EqualTo(Shape(parameter.Name).ToArray()), parameter.Name);
                parameter.Set(Floats(parameter.Name));
            }
        }

        /// <summary>Compares the gradient of every parameter with the tensor of its name.</summary>
        public void CheckGradients(Layer layer)
        {
            string[] expected = _file.Tensors.Select(tensor => tensor.Name).Where(name => name.StartsWith("grad.", StringComparison.Ordinal)).ToArray();
            Assert.That(layer.Parameters.Select(parameter => "grad." + parameter.Name), Is.EquivalentTo(expected));
            foreach (Parameter parameter in layer.Parameters) Check("grad." + parameter.Name, parameter.Gradient);
        }

        /// <summary>Every number must be as near to the expected one as <see cref="Tolerance"/> says; where all are expected to be 0, within 1e-7.</summary>
        public void Check(string tensor, ReadOnlySpan<float> actual)
        {
            double[] expected = Doubles(tensor);
            Assert.That(actual.Length, Is.EqualTo(expected.Length), $"numbers in {tensor}");
            double largest = 0;
            foreach (double number in expected) largest = Math.Max(largest, Math.Abs(number));
            double allowed = largest == 0 ? 1e-7 : Tolerance * largest;
            for (int i = 0; i < expected.Length; i++)
                if (!(Math.Abs(actual[i] - expected[i]) <= allowed))
                    Assert.Fail(FormattableString.Invariant($"{tensor}[{i}]: expected {expected[i]:r} ± {allowed:g3}, got {actual[i]:r}"));
        }

        private static string SourcePath([CallerFilePath] string path = "") => path;
    }
}
