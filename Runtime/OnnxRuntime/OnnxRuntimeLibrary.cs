using System;
using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;

namespace Recurrent.OnnxRuntime
{
    /// <summary>The native library of ONNX Runtime: which version it is, and what it was built with. It is started without telemetry.</summary>
    public static class OnnxRuntimeLibrary
    {
        /// <summary>The version, such as <c>1.22.0</c>.</summary>
        /// <exception cref="NotSupportedException">The library is missing or does not start; the message says why.</exception>
        public static string Version => Started().GetVersionString();

        /// <summary>What it can compute with, under its own names and in its own order: <c>CUDAExecutionProvider</c>, <c>CPUExecutionProvider</c>. One that is listed may still lack a driver.</summary>
        /// <exception cref="NotSupportedException">The library is missing or does not start; the message says why.</exception>
        public static IReadOnlyList<string> Providers => Started().GetAvailableProviders();

        internal static OrtEnv Start()
        {
            if (Environment.GetEnvironmentVariable("ORT_DISABLE_TELEMETRY") == null)
                Environment.SetEnvironmentVariable("ORT_DISABLE_TELEMETRY", "1");
            OrtEnv environment = OrtEnv.Instance();
            environment.DisableTelemetryEvents();
            return environment;
        }

        private static OrtEnv Started()
        {
            try
            {
                return Start();
            }
            catch (Exception e) when (e is DllNotFoundException || e is TypeInitializationException || e is EntryPointNotFoundException || e is BadImageFormatException || e is OnnxRuntimeException)
            {
                throw new NotSupportedException($"OnnxRuntimeLibrary: the native library does not start: {ProviderChain.FirstLine((e.InnerException ?? e).Message)}.", e);
            }
        }
    }
}
