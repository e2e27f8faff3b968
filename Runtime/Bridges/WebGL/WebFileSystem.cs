using System.Runtime.InteropServices;
using UnityEngine;
using UnityEngine.Scripting;

namespace Recurrent.Bridges
{
    /// <summary>
    /// In a browser a file is in memory until Emscripten's file system is synchronised with IndexedDB: after every save, here. RecurrentFiles.jslib beside it does it, once at a time.
    /// </summary>
    internal static class WebFileSystem
    {
        // Again at every start, also where statics survive it.
        [Preserve]
        [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.SubsystemRegistration)]
        private static void Register() => AtomicFile.Saved = RecurrentKeepFiles;

        [DllImport("__Internal")]
        private static extern void RecurrentKeepFiles();
    }
}
