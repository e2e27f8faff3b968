using System.Collections.Generic;

namespace Recurrent.Components
{
    /// <summary>A component that looks over how it is set up: what it finds stands in the console when it is edited, and in its Inspector.</summary>
    internal interface ISetup
    {
        /// <summary>Says what is questionable, a sentence each that begins with what the component does: "decides at step 7 of …".</summary>
        public void Review(ICollection<string> warnings);
    }
}
