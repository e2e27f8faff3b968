using System.Runtime.CompilerServices;

namespace Recurrent
{
    internal static class Jit
    {
        /// <summary>
        /// AggressiveOptimization, which netstandard2.1 does not name: under tiered compilation a method that loops is otherwise many times slower
        /// for its first hundreds of calls. Runtimes that do not know the bit ignore it.
        /// </summary>
        public const MethodImplOptions Optimize = (MethodImplOptions)512;
    }
}
