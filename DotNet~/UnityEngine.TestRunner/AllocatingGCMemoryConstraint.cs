using System;
using NUnit.Framework;
using NUnit.Framework.Constraints;

namespace UnityEngine.TestTools.Constraints;

public class Is : NUnit.Framework.Is
{
    /// <summary>That a piece of code takes managed memory; with Not, that it takes none.</summary>
    public static AllocatingGCMemoryConstraint AllocatingGCMemory() => new();
}

public static class ConstraintExtensions
{
    public static AllocatingGCMemoryConstraint AllocatingGCMemory(this ConstraintExpression chain)
    {
        var constraint = new AllocatingGCMemoryConstraint();
        chain.Append(constraint);
        return constraint;
    }
}

public class AllocatingGCMemoryConstraint : Constraint
{
    public override string Description
    {
        get => "allocates GC memory";
        protected set => throw new NotSupportedException();
    }

    /// <summary>Calls it once to warm up, and measures the second call.</summary>
    public override ConstraintResult ApplyTo<TActual>(TActual actual)
    {
        if (actual is not TestDelegate code) throw new ArgumentException("The actual value must be a TestDelegate but was " + actual?.GetType());
        code();
        long before = GC.GetAllocatedBytesForCurrentThread();
        code();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return new ConstraintResult(this, $"{bytes} bytes", bytes > 0);
    }
}
