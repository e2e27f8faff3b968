using UnityEditor;
using UnityEngine;

namespace RecurrentEditor.Setup
{
    /// <summary>Says once a session, in the console, what keeps scripts from compiling: a define that a removed DLL left behind, a library that is here twice.</summary>
    internal static class SetupNotice
    {
        [InitializeOnLoadMethod]
        private static void Begin()
        {
            EditorApplication.delayCall += Look;
            EditorApplication.projectChanged += Look;
        }

        internal static void Look()
        {
            foreach (string alarm in new SetupReport(SetupProject.Read()).Alarms)
            {
                if (SessionState.GetBool(alarm, false)) continue;
                SessionState.SetBool(alarm, true);
                Debug.LogWarning($"{alarm} The menu Recurrent/Set-up mends it.");
            }
        }
    }
}
