using System;
using UnityEngine.Events;

namespace Recurrent.Components
{
    /// <summary>An event with a number, for designers.</summary>
    [Serializable]
    public sealed class ForecastEvent : UnityEvent<float>
    {
    }
}
