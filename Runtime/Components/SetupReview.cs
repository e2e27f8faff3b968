using System.Collections.Generic;
using UnityEngine;

namespace Recurrent.Components
{
    /// <summary>What is said of an <see cref="ISetup"/>.</summary>
    internal static class SetupReview
    {
        /// <summary>Warns of all that a component says of itself.</summary>
        public static void LogReview<T>(this T component, string who)
            where T : MonoBehaviour, ISetup
        {
            var warnings = new List<string>();
            component.Review(warnings);
            foreach (string warning in warnings) Debug.LogWarning($"{who}: {warning}", component);
        }
    }
}
