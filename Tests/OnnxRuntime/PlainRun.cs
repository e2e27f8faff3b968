using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.OnnxRuntime;

namespace Recurrent.Tests.OnnxRuntime
{
    /// <summary>ONNX Runtime without anything around it: named arrays in, named floats out.</summary>
    internal sealed class PlainRun : IDisposable
    {
        private readonly SessionOptions _options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        private readonly InferenceSession _session;
        private readonly Dictionary<string, OrtValue> _inputs = new Dictionary<string, OrtValue>();

        public PlainRun(byte[] model) => _session = new InferenceSession(model, _options);

        public IReadOnlyList<string> Outputs => _session.OutputNames;

        public PlainRun With(string name, float[] values, params long[] shape) => Set(name, OrtValue.CreateTensorValueFromMemory(values, shape));

        public PlainRun With(string name, long[] values, params long[] shape) => Set(name, OrtValue.CreateTensorValueFromMemory(values, shape));

        public PlainRun With(string name, int[] values, params long[] shape) => Set(name, OrtValue.CreateTensorValueFromMemory(values, shape));

        /// <summary>A model's input from batch-first floats: whole numbers where it is typed so.</summary>
        public PlainRun WithInput(string name, float[] values, int inputSize, params long[] shape)
        {
            if (_session.InputMetadata[name].ElementType == typeof(long)) return With(name, Array.ConvertAll(values, value => (long)value), shape);
            return With(name, values, shape.Append(inputSize).ToArray());
        }

        public Dictionary<string, float[]> Run()
        {
            using var run = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> values = _session.Run(run, _inputs, _session.OutputNames);
            var results = new Dictionary<string, float[]>();
            for (int i = 0; i < values.Count; i++) results[_session.OutputNames[i]] = values[i].GetTensorDataAsSpan<float>().ToArray();
            return results;
        }

        public void Dispose()
        {
            foreach (OrtValue value in _inputs.Values) value.Dispose();
            _session.Dispose();
            _options.Dispose();
        }

        private PlainRun Set(string name, OrtValue value)
        {
            if (_inputs.TryGetValue(name, out OrtValue? before)) before.Dispose();
            _inputs[name] = value;
            return this;
        }
    }
}
