using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Recurrent
{
    /// <summary>
    /// Models as safetensors files: the parameters under PyTorch's names, as Python's <c>load_state_dict(load_file(path))</c> takes them; the
    /// architecture, the scalers, the model's own metadata and a format version as metadata. A save is atomic; a load gives a whole model or an exception, and takes
    /// memory in proportion to the file.
    /// </summary>
    public static class ModelFile
    {
        /// <summary>The version of the format that is written. Older ones are read.</summary>
        public const int Version = 1;

        /// <summary>How the tensors that a trainer adds are called. No parameter is: a parameter's name has a dot.</summary>
        internal const string TrainerPrefix = "trainer/";

        internal const string FormatTypeKey = "format", FormatKey = "recurrent_format", InputScalerKey = "input_scaler", TargetScalerKey = "target_scaler";
        private const string ArchitectureKey = "architecture";

        // What the file itself says; a model's metadata may have any other name.
        internal static readonly string[] OwnKeys = { FormatTypeKey, FormatKey, ArchitectureKey, InputScalerKey, TargetScalerKey, Trainer.CheckpointKey };

        /// <summary>Writes a model to a file.</summary>
        /// <param name="model">The model.</param>
        /// <param name="path">The file, replaced as a whole if it is there.</param>
        /// <exception cref="IOException">The file cannot be written; what was there before stays.</exception>
        /// <exception cref="ArgumentException">A weight is NaN or infinite, or metadata has a name that the file itself uses.</exception>
        /// <exception cref="InvalidOperationException">A scaler is not fitted.</exception>
        public static void Save(this SequenceModel model, string path) => Writer(model).Save(path);

        /// <summary>Writes a model to bytes.</summary>
        /// <exception cref="ArgumentException">A weight is NaN or infinite, or metadata has a name that the file itself uses.</exception>
        /// <exception cref="InvalidOperationException">A scaler is not fitted.</exception>
        public static byte[] ToBytes(this SequenceModel model) => Writer(model).ToArray();

        /// <summary>Reads a model from a file; from a trainer's checkpoint too.</summary>
        /// <exception cref="ModelFileException">The file is no such model; path and reason are in the message.</exception>
        /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
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
        /// <param name="model">Whose parameters are replaced.</param>
        /// <param name="path">The file.</param>
        /// <exception cref="ModelFileException">The file does not fit; the model is as it was.</exception>
        /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
        public static void LoadParameters(this SequenceModel model, string path) => ReadParameters(SafeTensorsFile.Load(path), model);

        /// <summary>Reads parameters from bytes into a model that is there already; as from a file.</summary>
        /// <param name="model">Whose parameters are replaced.</param>
        /// <param name="bytes">A whole file.</param>
        /// <param name="name">What an error calls it.</param>
        /// <exception cref="ModelFileException">The bytes do not fit; the model is as it was.</exception>
        public static void LoadParameters(this SequenceModel model, ReadOnlyMemory<byte> bytes, string name = "model") => ReadParameters(SafeTensorsFile.Load(bytes, name), model);

        internal static SafeTensorsWriter Writer(SequenceModel model)
        {
            var writer = new SafeTensorsWriter();
            // What Python's loaders look for; the files hold nothing that is PyTorch's alone.
            writer.AddMetadata(FormatTypeKey, "pt");
            writer.AddMetadata(FormatKey, Version.ToString(CultureInfo.InvariantCulture));
            writer.AddMetadata(ArchitectureKey, Architecture.Write(model));
            if (model.InputScaler != null) writer.AddMetadata(InputScalerKey, model.InputScaler.ToMetadata());
            if (model.TargetScaler != null) writer.AddMetadata(TargetScalerKey, model.TargetScaler.ToMetadata());
            foreach (KeyValuePair<string, string> entry in model.Metadata)
            {
                if (Array.IndexOf(OwnKeys, entry.Key) >= 0) throw new ArgumentException($"{model}: '{entry.Key}' cannot name metadata of a model, for the file itself uses it.");
                writer.AddMetadata(entry.Key, entry.Value);
            }
            int offset = 0;
            foreach (Parameter parameter in model.Parameters)
            {
                writer.AddWeights(parameter.Name, Shape(parameter), model.Store.Values.AsMemory(offset, parameter.Length));
                offset += parameter.Length;
            }
            return writer;
        }

        internal static SequenceModel Read(SafeTensorsFile file)
        {
            if (!file.TryGetMetadata(FormatKey, out string? version))
                throw new ModelFileException(file.Path, $"has no '{FormatKey}' in its metadata; weights alone are read with LoadParameters into a model of their architecture.");
            if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1 || number > Version)
                throw new ModelFileException(file.Path, $"has the format version '{version}', expected 1 to {Version}.");
            SequenceModel model = Metadata(file, ArchitectureKey, text => Architecture.Read(text, Elements(file)))
                ?? throw new ModelFileException(file.Path, $"has no '{ArchitectureKey}' in its metadata.");
            model.InputScaler = Metadata(file, InputScalerKey, Scaler.FromMetadata);
            model.TargetScaler = Metadata(file, TargetScalerKey, Scaler.FromMetadata);
            foreach (KeyValuePair<string, string> entry in file.Metadata)
                if (Array.IndexOf(OwnKeys, entry.Key) < 0) model.Metadata[entry.Key] = entry.Value;
            ReadParameters(file, model);
            return model;
        }

        private static T? Metadata<T>(SafeTensorsFile file, string key, Func<string, T> read)
            where T : class
        {
            try
            {
                return file.TryGetMetadata(key, out string? text) ? read(text) : null;
            }
            catch (FormatException e)
            {
                throw new ModelFileException(file.Path, $"'{key}' of its metadata, {e.Message}", e);
            }
        }

        /// <summary>How many numbers the file has for parameters.</summary>
        private static long Elements(SafeTensorsFile file)
        {
            long elements = 0;
            foreach (SafeTensor tensor in file.Tensors)
                if (tensor.Type.IsFloat() && !IsTrainers(tensor)) elements += tensor.Count;
            return elements;
        }

        private static void ReadParameters(SafeTensorsFile file, SequenceModel model)
        {
            var values = new float[model.Store.Length];
            var names = new HashSet<string>(StringComparer.Ordinal);
            int offset = 0;
            foreach (Parameter parameter in model.Parameters)
            {
                names.Add(parameter.Name);
                if (!file.TryGetTensor(parameter.Name, out SafeTensor? tensor)) throw new ModelFileException(file.Path, $"has no parameter '{parameter.Name}', expected {parameter}.");
                tensor.ReadWeights(Shape(parameter), values.AsSpan(offset, parameter.Length));
                offset += parameter.Length;
            }
            foreach (SafeTensor tensor in file.Tensors)
                if (!names.Contains(tensor.Name) && !IsTrainers(tensor))
                    throw new ModelFileException(file.Path, $"has a tensor '{tensor.Name}' that is no parameter of {model}.");
            values.CopyTo(model.Store.Values, 0);
            model.Store.Touch();
        }

        internal static bool IsTrainers(SafeTensor tensor) => tensor.Name.StartsWith(TrainerPrefix, StringComparison.Ordinal) && !tensor.Name.Contains('.');

        private static int[] Shape(Parameter parameter)
        {
            var shape = new int[parameter.Shape.Count];
            for (int i = 0; i < shape.Length; i++) shape[i] = parameter.Shape[i];
            return shape;
        }
    }
}
