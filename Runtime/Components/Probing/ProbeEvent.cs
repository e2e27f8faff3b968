using System;
using UnityEngine.Events;

namespace Recurrent.Components
{
    /// <summary>An event with one line of text, for designers.</summary>
    [Serializable]
    public sealed class ProbeEvent : UnityEvent<string>
    {
    }
}
