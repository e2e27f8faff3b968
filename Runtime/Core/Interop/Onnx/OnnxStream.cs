using System;
using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>Opens ONNX models to be fed step by step, in whichever backend is asked for.</summary>
    public static class OnnxStream
    {
        private static readonly Dictionary<SequenceBackend, Func<byte[], int, ISequenceStream>> s_backends = new Dictionary<SequenceBackend, Func<byte[], int, ISequenceStream>>
        {
            [SequenceBackend.Managed] = (model, batch) => OnnxImport.From(OnnxModel.Read(model)).Model.OpenStream(batch),
        };

        /// <summary>Makes a backend known: the assembly that holds it calls this once, before models are opened.</summary>
        /// <param name="backend">Which.</param>
        /// <param name="open">Opens a model's bytes for a number of rows.</param>
        public static void Register(SequenceBackend backend, Func<byte[], int, ISequenceStream> open)
        {
            lock (s_backends)
                s_backends[backend] = open ?? throw new ArgumentNullException(nameof(open));
        }

        /// <summary>Whether models can be opened in a backend.</summary>
        public static bool IsAvailable(SequenceBackend backend)
        {
            lock (s_backends)
                return backend == SequenceBackend.Auto || s_backends.ContainsKey(backend);
        }

        /// <summary>Opens a model.</summary>
        /// <param name="model">The content of an .onnx file, which must not be changed afterwards.</param>
        /// <param name="backend">What shall run it.</param>
        /// <param name="batch">How many rows are stepped together.</param>
        /// <exception cref="ModelFileException">The model is bad, or the backend cannot run it: says why.</exception>
        /// <exception cref="NotSupportedException">The backend is not there.</exception>
        public static ISequenceStream Open(byte[] model, SequenceBackend backend = SequenceBackend.Auto, int batch = 1)
        {
            if (model == null) throw new ArgumentNullException(nameof(model));
            Func<byte[], int, ISequenceStream>? open;
            lock (s_backends)
            {
                if (backend == SequenceBackend.Auto) backend = s_backends.ContainsKey(SequenceBackend.OnnxRuntime) ? SequenceBackend.OnnxRuntime : SequenceBackend.Managed;
                if (!s_backends.TryGetValue(backend, out open))
                    throw new NotSupportedException($"OnnxStream: {backend} is not there; its assembly registers it with OnnxStream.Register. There are {string.Join(", ", s_backends.Keys)}.");
            }
            return open(model, batch);
        }
    }
}
