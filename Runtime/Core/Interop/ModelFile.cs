using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Recurrent
{
    /// <summary>
    /// Models as safetensors files: the parameters under PyTorch's names, as Python's <c>load_state_dict(load_file(path))</c> takes them; the
    /// architecture, the scalers and a format version as metadata. A save is atomic; a load gives a whole model or an exception.
    /// </summary>
    public static class ModelFile
    {
        /// <summary>The version of the format that is written. Older ones are read.</summary>
        public const int Version = 1;

        private const string FormatKey = "recurrent_format", ArchitectureKey = "architecture", InputScalerKey = "input_scaler", TargetScalerKey = "target_scaler";

        /// <summary>Writes a model to a file.</summary>
        /// <param name="model">The model.</param>
        /// <param name="path">The file, replaced as a whole if it is there.</param>
        /// <exception cref="IOException">The file cannot be written; what was there before stays.</exception>
        public static void Save(this SequenceModel model, string path) => Writer(model).Save(path);

        /// <summary>Writes a model to bytes.</summary>
        public static byte[] ToBytes(this SequenceModel model) => Writer(model).ToArray();

        /// <summary>Reads a model from a file.</summary>
        /// <exception cref="ModelFileException">The file is no such model; path and reason are in the message.</exception>
        public static SequenceModel Load(string path) => Read(SafeTensorsFile.Load(path));

        /// <summary>Reads a model from bytes.</summary>
        /// <param name="bytes">A whole file.</param>
        /// <param name="name">What an error calls it.</param>
        /// <exception cref="ModelFileException">The bytes are no such model.</exception>
        public static SequenceModel Load(ReadOnlyMemory<byte> bytes, string name = "model") => Read(SafeTensorsFile.Load(bytes, name));

        /// <summary>
        /// Reads parameters from a file into a model that is there already, as PyTorch's <c>load_state_dict</c>: from a file written by Python, which has no
        /// architecture in it. Every parameter must be there with its shape, and nothing else; otherwise nothing changes.
        /// </summary>
        /// <exception cref="ModelFileException">The file does not fit.</exception>
        public static void LoadParameters(this SequenceModel model, string path) => ReadParameters(SafeTensorsFile.Load(path), model, "");

        internal static void AddParameters(SafeTensorsWriter writer, SequenceModel model, ReadOnlyMemory<float> values, string prefix)
        {
            int offset = 0;
            foreach (Parameter parameter in model.Parameters)
            {
                writer.AddWeights(prefix + parameter.Name, Shape(parameter), values.Slice(offset, parameter.Length));
                offset += parameter.Length;
            }
        }

        /// <summary>Reads all parameters with a prefix; tensors without it are left alone when there is one.</summary>
        internal static float[] ReadValues(SafeTensorsFile file, SequenceModel model, string prefix)
        {
            var values = new float[model.Store.Length];
            int offset = 0;
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (Parameter parameter in model.Parameters)
            {
                string name = prefix + parameter.Name;
                names.Add(name);
                if (!file.TryGetTensor(name, out _)) throw new ModelFileException(file.Path, $"has no parameter '{name}', expected {parameter}");
                file.ReadWeights(name, Shape(parameter), values.AsSpan(offset, parameter.Length));
                offset += parameter.Length;
            }
            foreach (SafeTensor tensor in file.Tensors)
                if (tensor.Name.StartsWith(prefix, StringComparison.Ordinal) && (prefix.Length > 0 || !tensor.Name.StartsWith("trainer.", StringComparison.Ordinal)) && !names.Contains(tensor.Name))
                    throw new ModelFileException(file.Path, $"has a tensor '{tensor.Name}' that the model has no parameter for");
            return values;
        }

        internal static SequenceModel Read(SafeTensorsFile file)
        {
            if (!file.TryGetMetadata(FormatKey, out string? version)) throw new ModelFileException(file.Path, $"has no '{FormatKey}' in its metadata: weights alone are read with LoadParameters into a model");
            if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1 || number > Version)
                throw new ModelFileException(file.Path, $"has format version '{version}', expected 1 to {Version}");
            if (!file.TryGetMetadata(ArchitectureKey, out string? architecture)) throw new ModelFileException(file.Path, $"has no '{ArchitectureKey}' in its metadata");
            try
            {
                SequenceModel model = Architecture.Read(architecture);
                if (file.TryGetMetadata(InputScalerKey, out string? input)) model.InputScaler = Scaler.FromMetadata(input);
                if (file.TryGetMetadata(TargetScalerKey, out string? target)) model.TargetScaler = Scaler.FromMetadata(target);
                ReadParameters(file, model, "");
                return model;
            }
            catch (FormatException e)
            {
                throw new ModelFileException(file.Path, e.Message);
            }
        }

        internal static SafeTensorsWriter Writer(SequenceModel model)
        {
            var writer = new SafeTensorsWriter();
            // What Python's loaders look for; the files hold nothing that is PyTorch's alone.
            writer.AddMetadata("format", "pt");
            writer.AddMetadata(FormatKey, Version.ToString(CultureInfo.InvariantCulture));
            writer.AddMetadata(ArchitectureKey, Architecture.Write(model));
            if (model.InputScaler != null) writer.AddMetadata(InputScalerKey, model.InputScaler.ToMetadata());
            if (model.TargetScaler != null) writer.AddMetadata(TargetScalerKey, model.TargetScaler.ToMetadata());
            AddParameters(writer, model, model.Store.Values, "");
            return writer;
        }

        private static void ReadParameters(SafeTensorsFile file, SequenceModel model, string prefix)
        {
            float[] values = ReadValues(file, model, prefix);
            values.CopyTo(model.Store.Values, 0);
            model.Store.Touch();
        }

        private static int[] Shape(Parameter parameter)
        {
            var shape = new int[parameter.Shape.Count];
            for (int i = 0; i < shape.Length; i++) shape[i] = parameter.Shape[i];
            return shape;
        }
    }
}
