using System;

namespace Recurrent.OnnxRuntime
{
    /// <summary>
    /// The outputs of one step, all of the same step however many run meanwhile. They stay readable while the next step runs;
    /// when the one after it starts, their memory is used again and reading them throws.
    /// </summary>
    public readonly struct OnnxOutputs
    {
        private readonly OnnxSequenceSession? _session;
        private readonly int _set;

        internal OnnxOutputs(OnnxSequenceSession session, int set, long step)
        {
            _session = session;
            _set = set;
            Step = step;
        }

        /// <summary>Which step since the session was opened, from 1; 0 before the first.</summary>
        public long Step { get; }

        /// <summary>The values of an output or a carried state, row-major.</summary>
        /// <exception cref="ArgumentException">The model has no such output, or its elements are of another type.</exception>
        /// <exception cref="InvalidOperationException">There was no step yet, or a later one has taken the memory.</exception>
        public ReadOnlySpan<T> Get<T>(string name) where T : unmanaged
        {
            if (_session == null || Step == 0)
                throw new InvalidOperationException($"OnnxSequenceSession: output '{name}' has no value before the first step.");
            return _session.Output<T>(name, _set, Step);
        }
    }
}
