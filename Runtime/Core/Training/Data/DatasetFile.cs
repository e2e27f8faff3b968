using System;
using System.Collections.Generic;
using System.IO;

namespace Recurrent
{
    /// <summary>
    /// Data sets as safetensors files, for programs elsewhere: <c>inputs</c> (rows, I), the sequences one after the other; <c>lengths</c> (N) whole numbers, the rows of each;
    /// <c>targets</c> (rows, O), or (N, O) where a sequence has a single one. The metadata may name the <c>loss</c> they are meant for.
    /// <c>DotNet~/Torch/train_ddp.py</c> trains on such files with PyTorch.
    /// </summary>
    public static class DatasetFile
    {
        private const string FormatKey = "format", LossKey = "loss", InputsName = "inputs", TargetsName = "targets", LengthsName = "lengths";

        /// <summary>Writes a data set to a file, every sequence in full: windows that overlap are written as often as they occur, and tracks become sequences of their own.</summary>
        /// <param name="data">The sequences, at least one.</param>
        /// <param name="path">The file, replaced as a whole if it is there.</param>
        /// <param name="loss">What the targets are meant for: its name goes into the metadata. Null for nothing.</param>
        /// <exception cref="ArgumentException">There is no sequence, some have one target and others one a step, or all together are larger than an array.</exception>
        /// <exception cref="IOException">The file cannot be written; what was there before stays.</exception>
        public static void Save(this SequenceDataset data, string path, Loss? loss = null)
        {
            if (data == null) throw new ArgumentNullException(nameof(data));
            if (data.Count == 0) throw new ArgumentException("DatasetFile: expected at least one sequence, got none.", nameof(data));
            var lengths = new long[data.Count];
            long rows = 0, targetRows = 0;
            for (int i = 0; i < lengths.Length; i++)
            {
                rows += lengths[i] = data.Steps(i);
                targetRows += data.TargetSteps(i);
            }
            bool perStep = targetRows == rows;
            if (!perStep && targetRows != data.Count) throw new ArgumentException($"DatasetFile: expected one target for each sequence or one for each step, got {targetRows} for {data.Count} sequences of {rows} steps.", nameof(data));
            if (Math.Max(rows * data.InputSize, targetRows * data.TargetSize) > int.MaxValue / 2) throw new ArgumentException($"DatasetFile: {rows} rows of {data.InputSize} values are larger than an array.", nameof(data));

            var inputs = new float[rows * data.InputSize];
            var targets = new float[targetRows * data.TargetSize];
            int input = 0, target = 0;
            for (int i = 0; i < lengths.Length; i++)
            {
                int inputLength = data.Steps(i) * data.InputSize, targetLength = data.TargetSteps(i) * data.TargetSize;
                data.Read(i, inputs.AsSpan(input, inputLength), targets.AsSpan(target, targetLength));
                input += inputLength;
                target += targetLength;
            }
            var writer = new SafeTensorsWriter();
            writer.AddMetadata(FormatKey, "pt");
            if (loss != null) writer.AddMetadata(LossKey, loss.Name);
            writer.Add(InputsName, new[] { (int)rows, data.InputSize }, inputs);
            writer.Add(TargetsName, new[] { (int)targetRows, data.TargetSize }, targets);
            writer.Add(LengthsName, new[] { lengths.Length }, lengths);
            writer.Save(path);
        }

        /// <summary>Reads such a file. Inputs and targets may be floats of any precision or whole numbers, and there may be other tensors.</summary>
        /// <exception cref="ModelFileException">The file is no such data set, or holds a number that is not finite.</exception>
        /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
        public static ArrayDataset Load(string path)
        {
            SafeTensorsFile file = SafeTensorsFile.Load(path);
            (float[] inputs, int rows, int inputSize) = Matrix(file, InputsName);
            (float[] targets, int targetRows, int targetSize) = Matrix(file, TargetsName);
            long[] lengths = Tensor(file, LengthsName).ReadInt64();
            long sum = 0;
            foreach (long length in lengths)
            {
                if (length < 1 || length > rows) throw new ModelFileException(path, $"'{LengthsName}' holds {length}, expected 1 to {rows}.");
                sum += length;
            }
            bool perStep = targetRows == rows;
            if (lengths.Length == 0 || sum != rows) throw new ModelFileException(path, $"the sum of {lengths.Length} lengths is {sum}, expected the {rows} rows of '{InputsName}'.");
            if (!perStep && targetRows != lengths.Length) throw new ModelFileException(path, $"has {targetRows} targets, expected one for each of {lengths.Length} sequences or of {rows} steps.");

            var inputParts = new List<float[]>(lengths.Length);
            var targetParts = new List<float[]>(lengths.Length);
            int row = 0;
            for (int i = 0; i < lengths.Length; i++)
            {
                int length = (int)lengths[i];
                inputParts.Add(inputs.AsSpan(row * inputSize, length * inputSize).ToArray());
                targetParts.Add(targets.AsSpan((perStep ? row : i) * targetSize, (perStep ? length : 1) * targetSize).ToArray());
                row += length;
            }
            try
            {
                return new ArrayDataset(inputParts, targetParts, inputSize, targetSize);
            }
            catch (ArgumentException e)
            {
                throw new ModelFileException(path, e.Message, e);
            }
        }

        private static SafeTensor Tensor(SafeTensorsFile file, string name) =>
            file.TryGetTensor(name, out SafeTensor? tensor) ? tensor : throw new ModelFileException(file.Path, $"has no tensor '{name}', and so is no data set.");

        /// <summary>A tensor of two dimensions; one of a single dimension is a column.</summary>
        private static (float[] Values, int Rows, int Columns) Matrix(SafeTensorsFile file, string name)
        {
            SafeTensor tensor = Tensor(file, name);
            int rows = tensor.Shape.Length > 0 ? tensor.Shape[0] : 0, columns = tensor.Shape.Length == 1 ? 1 : tensor.Shape.Length == 2 ? tensor.Shape[1] : 0;
            if (rows == 0 || columns == 0) throw new ModelFileException(file.Path, $"'{name}' has the shape [{string.Join(", ", tensor.Shape.ToArray())}], expected (rows, features).");
            return (tensor.Type.IsFloat() ? tensor.ReadSingle() : Array.ConvertAll(tensor.ReadInt64(), number => (float)number), rows, columns);
        }
    }
}
