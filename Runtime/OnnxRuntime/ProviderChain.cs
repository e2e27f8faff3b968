using System;
using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;

namespace Recurrent.OnnxRuntime
{
    /// <summary>Opens a session with the first provider of a list that starts, and says why those before it did not.</summary>
    internal static class ProviderChain
    {
        public static InferenceSession Open(
            string name, Func<SessionOptions, InferenceSession> open, OnnxSessionOptions options, List<string> fallbacks, out ExecutionProvider active)
        {
            string[] available = OnnxRuntimeLibrary.Start().GetAvailableProviders();
            var wanted = new List<ExecutionProvider>(options.Providers);
            int cpu = wanted.IndexOf(ExecutionProvider.Cpu);
            if (cpu < 0)
                wanted.Add(ExecutionProvider.Cpu);
            else
                wanted.RemoveRange(cpu + 1, wanted.Count - cpu - 1);

            for (int i = 0; ; i++)
            {
                active = wanted[i];
                if (active == ExecutionProvider.Cpu)
                    return OpenOnCpu(name, open, options);
                string reason;
                if (Array.IndexOf(available, NativeName(active)) < 0)
                    reason = $"the native library has no {NativeName(active)} (it has {string.Join(", ", available)})";
                else
                {
                    try
                    {
                        using SessionOptions session = Options(options);
                        Append(session, active, options.DeviceId);
                        // What TensorRT cannot compute, CUDA can, if it is next in the list.
                        if (active == ExecutionProvider.TensorRT && wanted[i + 1] == ExecutionProvider.Cuda)
                            Append(session, ExecutionProvider.Cuda, options.DeviceId);
                        return open(session);
                    }
                    catch (Exception e) when (e is OnnxRuntimeException || e is EntryPointNotFoundException || e is DllNotFoundException || e is NotSupportedException)
                    {
                        reason = FirstLine(e.Message);
                    }
                }
                string line = $"OnnxSequenceSession: {active} cannot run '{name}', next is {wanted[i + 1]}: {reason}.";
                fallbacks.Add(line);
                options.Log?.Invoke(line);
            }
        }

        /// <summary>The first line of a native message: the rest repeats it with source files.</summary>
        public static string FirstLine(string message)
        {
            int end = message.IndexOfAny(new[] { '\r', '\n' });
            return (end < 0 ? message : message.Substring(0, end)).TrimEnd('.', ' ');
        }

        private static InferenceSession OpenOnCpu(string name, Func<SessionOptions, InferenceSession> open, OnnxSessionOptions options)
        {
            try
            {
                using SessionOptions session = Options(options);
                return open(session);
            }
            catch (OnnxRuntimeException e)
            {
                throw new ModelFileException(name, FirstLine(e.Message) + ".", e);
            }
        }

        private static SessionOptions Options(OnnxSessionOptions options)
        {
            var session = new SessionOptions
            {
                // What stops a model is thrown; printed as well, it would reach a console that the game does not own.
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
                IntraOpNumThreads = options.Threads,
                InterOpNumThreads = 1,
            };
            // A game's frame has better uses for a core than waiting for the next step.
            session.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            return session;
        }

        private static string NativeName(ExecutionProvider provider)
        {
            switch (provider)
            {
                case ExecutionProvider.Cuda: return "CUDAExecutionProvider";
                case ExecutionProvider.TensorRT: return "TensorrtExecutionProvider";
                case ExecutionProvider.DirectML: return "DmlExecutionProvider";
                case ExecutionProvider.CoreML: return "CoreMLExecutionProvider";
                case ExecutionProvider.Nnapi: return "NnapiExecutionProvider";
                case ExecutionProvider.Xnnpack: return "XnnpackExecutionProvider";
                case ExecutionProvider.Qnn: return "QNNExecutionProvider";
                default: return "CPUExecutionProvider";
            }
        }

        private static void Append(SessionOptions session, ExecutionProvider provider, int device)
        {
            switch (provider)
            {
                case ExecutionProvider.Cuda:
                    session.AppendExecutionProvider_CUDA(device);
                    break;
                case ExecutionProvider.TensorRT:
                    session.AppendExecutionProvider_Tensorrt(device);
                    break;
                case ExecutionProvider.DirectML:
                    // The provider's own conditions (ONNX Runtime's page on DirectML).
                    session.EnableMemoryPattern = false;
                    session.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
                    session.AppendExecutionProvider_DML(device);
                    break;
                case ExecutionProvider.CoreML:
                    session.AppendExecutionProvider_CoreML();
                    break;
                case ExecutionProvider.Nnapi:
                    session.AppendExecutionProvider_Nnapi();
                    break;
                case ExecutionProvider.Xnnpack:
                    session.AppendExecutionProvider("XNNPACK", new Dictionary<string, string>());
                    break;
                case ExecutionProvider.Qnn:
                    session.AppendExecutionProvider("QNN", new Dictionary<string, string>());
                    break;
            }
        }
    }
}
