using System.Runtime.CompilerServices;

namespace Recurrent
{
    // What a step describes itself with lives on the stack, and is written before it is read: clearing it took a tenth of a small step.
    // Only for these, since elsewhere a stackalloc may count on its zeros, as it may in Unity.

    [SkipLocalsInit]
    internal sealed unsafe partial class RecurrentPass
    {
    }

    [SkipLocalsInit]
    internal sealed unsafe partial class AffineMap
    {
    }

    [SkipLocalsInit]
    public sealed unsafe partial class RNNCell
    {
    }

    [SkipLocalsInit]
    public sealed unsafe partial class LSTMCell
    {
    }

    [SkipLocalsInit]
    public sealed unsafe partial class GRUCell
    {
    }

    [SkipLocalsInit]
    internal sealed unsafe partial class SimdKernels<V>
    {
    }
}
