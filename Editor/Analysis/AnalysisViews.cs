using Recurrent.Diagnostics;
using UnityEditor;

namespace RecurrentEditor.Analysis
{
    /// <summary>Makes the views, the order and the note that need MathNet.Numerics known to the state viewer and the inspectors.</summary>
    internal static class AnalysisViews
    {
        [InitializeOnLoadMethod]
        private static void Register()
        {
            ViewerExtensions.Register(new PrincipalPathView());
            ViewerExtensions.Register(new PeriodogramView());
            ViewerExtensions.Register(new ClusterUnitOrder());
            ModelNotes.Register(new SpectralRadiusNote());
        }
    }
}
