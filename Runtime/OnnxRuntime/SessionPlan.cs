using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Recurrent.Onnx;

namespace Recurrent.OnnxRuntime
{
    /// <summary>What a session binds: which values are states, and the size of every axis that the model leaves open.</summary>
    internal sealed class SessionPlan
    {
        private static readonly HashSet<string> TimeNames = new HashSet<string>
        {
            "t", "time", "seq", "sequence", "seq_len", "seqlen", "seq_length", "sequence_length", "length", "frames", "steps", "timesteps", "time_steps",
        };

        private readonly OnnxSessionOptions _options;
        private readonly HashSet<string> _batchSymbols = new HashSet<string>();

        public SessionPlan(InferenceSession session, OnnxSessionOptions options)
        {
            _options = options;
            List<OnnxValueInfo> inputs = session.InputNames.Select(name => Describe(name, session.InputMetadata[name], isInput: true)).ToList();
            List<OnnxValueInfo> outputs = session.OutputNames.Select(name => Describe(name, session.OutputMetadata[name], isInput: false)).ToList();
            foreach (string name in options.Shapes.Keys)
                if (!inputs.Exists(input => input.Name == name))
                    throw new ArgumentException($"OnnxSequenceSession: Shapes names '{name}'; the inputs are [{string.Join(", ", inputs)}].");

            session.ModelMetadata.CustomMetadataMap.TryGetValue("state_pairs", out string? named);
            Pairs = options.StatePairs ?? StatePairs.Find(inputs, outputs, named);
            var states = new Dictionary<string, StatePair>();
            var carried = new HashSet<string>();
            foreach (StatePair pair in Pairs)
            {
                if (!inputs.Exists(input => input.Name == pair.Input) || !outputs.Exists(output => output.Name == pair.Output))
                    throw new ArgumentException($"OnnxSequenceSession: '{pair}' names no input and output; inputs are [{string.Join(", ", inputs)}], outputs [{string.Join(", ", outputs)}].");
                if (!states.TryAdd(pair.Input, pair) || !carried.Add(pair.Output))
                    throw new ArgumentException($"OnnxSequenceSession: '{pair}' pairs a value that is already paired.");
            }

            // Axes of ordinary inputs first: the symbol of their batch is the states' too.
            foreach (OnnxValueInfo input in inputs)
                if (!states.ContainsKey(input.Name))
                    Inputs.Add(Resolve(input, session.InputMetadata[input.Name], isState: false));
            foreach (StatePair pair in Pairs)
                States.Add(Resolve(inputs.Find(input => input.Name == pair.Input)!, session.InputMetadata[pair.Input], isState: true));
            // What has no fixed element size (texts, sequences, maps) is not asked for, so it is not computed either.
            foreach (OnnxValueInfo output in outputs)
                if (!carried.Contains(output.Name) && session.OutputMetadata[output.Name].IsTensor && TensorBuffer.ElementSize(session.OutputMetadata[output.Name].ElementDataType) > 0)
                    Outputs.Add(output);
        }

        public IReadOnlyList<StatePair> Pairs { get; }

        public List<Tensor> Inputs { get; } = new List<Tensor>();

        public List<Tensor> States { get; } = new List<Tensor>();

        public List<OnnxValueInfo> Outputs { get; } = new List<OnnxValueInfo>();

        public static List<OnnxDimension> Dimensions(long[] shape) => shape.Select(size => new OnnxDimension(size)).ToList();

        private static OnnxValueInfo Describe(string name, NodeMetadata metadata, bool isInput)
        {
            var value = new OnnxValueInfo(name);
            if (!metadata.IsTensor)
                return value;
            value.ElementType = (OnnxDataType)(int)metadata.ElementDataType;
            int[] sizes = metadata.Dimensions;
            // An output without axes may be a scalar or of unknown rank: ONNX Runtime does not say which.
            if (sizes.Length == 0 && !isInput)
                return value;
            value.Shape = new List<OnnxDimension>();
            for (int i = 0; i < sizes.Length; i++)
                value.Shape.Add(sizes[i] >= 0 ? new OnnxDimension(sizes[i]) : new OnnxDimension(metadata.SymbolicDimensions[i] ?? string.Empty));
            return value;
        }

        private Tensor Resolve(OnnxValueInfo value, NodeMetadata metadata, bool isState)
        {
            if (!metadata.IsTensor || TensorBuffer.ElementSize(metadata.ElementDataType) == 0)
                throw new ArgumentException($"OnnxSequenceSession: input '{value.Name}' is {(metadata.IsTensor ? metadata.ElementDataType.ToString() : "no tensor")}; inputs are numbers or booleans.");
            List<OnnxDimension> declared = value.Shape!;
            _options.Shapes.TryGetValue(value.Name, out long[]? given);
            if (given != null && given.Length != declared.Count)
                throw new ArgumentException($"OnnxSequenceSession: Shapes gives '{value.Name}' {given.Length} axes; the input is {value}.");

            int open = declared.Count(axis => !axis.IsFixed);
            int batchAxis = -1;
            var shape = new long[declared.Count];
            for (int i = 0; i < shape.Length; i++)
            {
                OnnxDimension axis = declared[i];
                if (axis.IsFixed)
                    shape[i] = axis.Value;
                else if (IsBatch(axis.Symbol, i, isState, open))
                {
                    shape[i] = _options.BatchSize;
                    batchAxis = i;
                    if (axis.Symbol.Length > 0)
                        _batchSymbols.Add(axis.Symbol);
                }
                else if (TimeNames.Contains(axis.Symbol.ToLowerInvariant()))
                    shape[i] = 1;
                else
                    shape[i] = -1;
                if (axis.Symbol.Length > 0 && _options.Dimensions.TryGetValue(axis.Symbol, out int size))
                    shape[i] = size;
                if (given != null)
                {
                    if (axis.IsFixed && given[i] != axis.Value)
                        throw new ArgumentException(FormattableString.Invariant($"OnnxSequenceSession: Shapes gives axis {i} of '{value.Name}' the size {given[i]}; the input is {value}."));
                    shape[i] = given[i];
                }
                if (shape[i] < 0)
                    throw new ArgumentException(FormattableString.Invariant($"OnnxSequenceSession: the size of axis {i} of the input {value} is open; give it in Dimensions or Shapes."));
            }
            if (batchAxis >= 0 && shape[batchAxis] != _options.BatchSize)
                batchAxis = -1;
            return new Tensor(new OnnxValueInfo(value.Name) { ElementType = value.ElementType, Shape = Dimensions(shape) }, metadata.ElementDataType, shape, batchAxis);
        }

        private bool IsBatch(string symbol, int axis, bool isState, int open)
        {
            string name = symbol.ToLowerInvariant();
            if (_batchSymbols.Contains(symbol) || name.Contains("batch") || name == "b" || name == "n" || name == "bs")
                return true;
            return isState ? open == 1 : axis == 0 && !TimeNames.Contains(name);
        }

        /// <summary>A value with its shape in the session.</summary>
        internal readonly struct Tensor
        {
            public Tensor(OnnxValueInfo info, TensorElementType type, long[] shape, int batchAxis)
            {
                Info = info;
                Type = type;
                Shape = shape;
                BatchAxis = batchAxis;
            }

            public OnnxValueInfo Info { get; }

            public TensorElementType Type { get; }

            public long[] Shape { get; }

            public int BatchAxis { get; }
        }
    }
}
