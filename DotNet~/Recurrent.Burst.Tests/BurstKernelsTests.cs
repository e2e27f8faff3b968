using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using NUnit.Framework;

namespace Recurrent.Burst.Tests;

public sealed class BurstKernelsTests
{
    /// <summary>What Unity does at start-up, before any test is looked for.</summary>
    [ModuleInitializer]
    internal static void Start() =>
        typeof(BurstKernels).GetMethod("Register", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, null);

    [Test]
    public void TheyAreTheDefaultOnceRegistered()
    {
        Assert.That(KernelSet.Default, Is.InstanceOf<BurstKernels>());
        Assert.That(KernelSet.Available.Last(), Is.SameAs(KernelSet.Default));
    }

    [Test]
    public void ASecondStartReplacesThem()
    {
        int count = KernelSet.Available.Count;
        Start();
        Assert.That(KernelSet.Available, Has.Count.EqualTo(count));
        Assert.That(KernelSet.Default, Is.InstanceOf<BurstKernels>());
    }
}
