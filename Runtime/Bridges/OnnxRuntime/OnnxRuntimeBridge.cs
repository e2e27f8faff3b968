using Recurrent.OnnxRuntime;
using UnityEngine;
using UnityEngine.Scripting;

namespace Recurrent.Bridges
{
    /// <summary>Makes ONNX Runtime a backend of every model that a game opens, before its first scene.</summary>
    internal static class OnnxRuntimeBridge
    {
        // Again at every start, also where statics survive it.
        [Preserve]
        [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.SubsystemRegistration)]
        private static void Register() => OnnxRuntimeStream.Register();
    }
}
