using System;

namespace Recurrent.Diagnostics
{
    /// <summary>A stream of another runtime whose states can be seen, or some of them.</summary>
    public interface IWatchable
    {
        /// <summary>A row of it as something that can be recorded.</summary>
        /// <exception cref="ArgumentException">There is no such row.</exception>
        public StateFeed Watch(int row);
    }
}
