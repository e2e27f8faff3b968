using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using UnitySignatures;

namespace UnityPlayer.Tests;

/// <summary>The doubles do not prove themselves: whatever they offer, Unity's own reference offers in the same form, in the oldest and in the newest version that the package supports.</summary>
public sealed class SignatureTests
{
    private static readonly string Lists = Path.Combine(TestContext.CurrentContext.TestDirectory, "Signatures");

    [TestCase("signatures-2022.3.txt", "# Unity 2022.3.0f1, ")]
    [TestCase("signatures-6000.0.txt", "# Unity 6000.0.")]
    public void TheDoublesHaveNothingThatUnityHasNot(string file, string heading)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Lists, file));
        Assert.That(lines[0], Does.StartWith(heading));
        List<string> offered = Doubles.Read().Values.SelectMany(facts => facts).ToList();
        Assert.That(offered.Count, Is.GreaterThan(1000));
        Assert.That(offered.Except(lines).Except(Doubles.Exceptions.Keys), Is.Empty, "not so in Unity, or the list is old: see DotNet~/UnitySignatures");
        Assert.That(lines.Skip(1).Except(offered), Is.Empty, "the double has it no more: make the list anew");
    }

    [Test]
    public void NothingThatUnityCallsObsolete() => Assert.That(
        Directory.GetFiles(Lists, "signatures-*.txt").SelectMany(File.ReadAllLines).Where(line => line.Contains("[Obsolete")), Is.Empty);

    [Test]
    public void EveryExceptionIsOne() => Assert.That(Doubles.Exceptions.Keys, Is.SubsetOf(Doubles.Read().Values.SelectMany(facts => facts)));

    // What the comparison would see, on sources written here.
    [TestCase("public class A { public float X { get; set; } }", "public class A { public float X { get; } }")]
    [TestCase("public class A { public void F(int a) { } }", "public class A { public void F(int b) { } }")]
    [TestCase("public class A { public void F(int a) { } }", "public class A { public void F(int a = 0) { } }")]
    [TestCase("public class A { public void F() { } }", "public class A { [System.Obsolete] public void F() { } }")]
    [TestCase("public class A { }", "public sealed class A { }")]
    [TestCase("public enum A { X = 1 }", "public enum A { X = 2 }")]
    [TestCase("public class A { public virtual void F() { } }", "public class A { public void F() { } }")]
    [TestCase("[System.AttributeUsage(System.AttributeTargets.All)] public class A : System.Attribute { }", "[System.AttributeUsage(System.AttributeTargets.Field)] public class A : System.Attribute { }")]
    public void ADifferenceIsSeen(string offered, string real)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "A.cs"), offered);
            HashSet<string> first = Reference.Read([folder], ["A"])["A"];
            File.WriteAllText(Path.Combine(folder, "A.cs"), real);
            HashSet<string> second = Reference.Read([folder], ["A"])["A"];
            Assert.That(first.Except(second), Is.Not.Empty);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
