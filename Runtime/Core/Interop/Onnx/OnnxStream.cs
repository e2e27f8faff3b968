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

        private static readonly Dictionary<SequenceBackend, Func<byte[], int, IOnnxSequence>> s_sequences = new Dictionary<SequenceBackend, Func<byte[], int, IOnnxSequence>>
        {
            [SequenceBackend.Managed] = (model, batch) => new ManagedOnnxSequence(OnnxImport.From(OnnxModel.Read(model)), batch),
        };

        /// <summary>Makes a backend known: the assembly that holds it calls this once, before models are opened.</summary>
        /// <param name="backend">Which.</param>
        /// <param name="open">Opens a model's bytes for a number of rows.</param>
        /// <param name="openByName">Opens them with all inputs and outputs by name.</param>
        public static void Register(SequenceBackend backend, Func<byte[], int, ISequenceStream> open, Func<byte[], int, IOnnxSequence> openByName)
        {
            if (open == null) throw new ArgumentNullException(nameof(open));
            if (openByName == null) throw new ArgumentNullException(nameof(openByName));
            lock (s_backends)
            {
                s_backends[backend] = open;
                s_sequences[backend] = openByName;
            }
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
        public static ISequenceStream Open(byte[] model, SequenceBackend backend = SequenceBackend.Auto, int batch = 1) => Find(s_backends, model, backend)(model, batch);

        /// <summary>Opens a model with any number of inputs and outputs, which are then read and written by name.</summary>
        /// <param name="model">The content of an .onnx file, which must not be changed afterwards.</param>
        /// <param name="backend">What shall run it.</param>
        /// <param name="batch">How many rows are stepped together.</param>
        /// <exception cref="ModelFileException">The model is bad, or the backend cannot run it: says why.</exception>
        /// <exception cref="NotSupportedException">The backend is not there.</exception>
        public static IOnnxSequence OpenByName(byte[] model, SequenceBackend backend = SequenceBackend.Auto, int batch = 1) => Find(s_sequences, model, backend)(model, batch);

        private static Func<byte[], int, T> Find<T>(Dictionary<SequenceBackend, Func<byte[], int, T>> backends, byte[] model, SequenceBackend backend)
        {
            if (model == null) throw new ArgumentNullException(nameof(model));
            lock (s_backends)
            {
                if (backend == SequenceBackend.Auto) backend = backends.ContainsKey(SequenceBackend.OnnxRuntime) ? SequenceBackend.OnnxRuntime : SequenceBackend.Managed;
                return backends.TryGetValue(backend, out Func<byte[], int, T>? open)
                    ? open
                    : throw new NotSupportedException($"OnnxStream: {backend} is not there; its assembly registers it with OnnxStream.Register. There are {string.Join(", ", backends.Keys)}.");
            }
        }
    }
}
