using System;
using System.Collections.Generic;
using Recurrent.Onnx;

namespace Recurrent.OnnxRuntime
{
    /// <summary>How an <see cref="OnnxSequenceSession"/> opens a model.</summary>
    public sealed class OnnxSessionOptions
    {
        /// <summary>
        /// What shall compute, the preferred one first. One that cannot start gives way to the next; the CPU stands at the end whether it is listed or not.
        /// </summary>
        public IReadOnlyList<ExecutionProvider> Providers { get; set; } = new[] { ExecutionProvider.Cpu };

        /// <summary>Which of several devices of a GPU provider.</summary>
        public int DeviceId { get; set; }

        /// <summary>Independent sequences in one step. Axes that the model leaves open for the batch get this size.</summary>
        public int BatchSize { get; set; } = 1;

        /// <summary>Sizes of axes that the model names, for example <c>time</c>.</summary>
        public Dictionary<string, int> Dimensions { get; } = new Dictionary<string, int>();

        /// <summary>Whole shapes by the input's name, where axes have no names.</summary>
        public Dictionary<string, long[]> Shapes { get; } = new Dictionary<string, long[]>();

        /// <summary>Which outputs are the next step's inputs; null to find them (<see cref="Onnx.StatePairs"/>), empty for none.</summary>
        public IReadOnlyList<StatePair>? StatePairs { get; set; }

        /// <summary>Threads of the CPU provider. A step of game size is done before a second thread wakes up.</summary>
        public int Threads { get; set; } = 1;

        /// <summary>Gets one line for each provider that could not start.</summary>
        public Action<string>? Log { get; set; }
    }
}
