using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.PackageTool.Tests;

public sealed class VersionTests
{
    // In the order of semver.org's own example.
    [Test]
    public void VersionsHaveTheirOrder()
    {
        string[] texts = ["0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.10", "1.2.0", "1.10.0", "10.0.0"];
        List<SemanticVersion> versions = texts.Select(text => SemanticVersion.TryParse(text, out SemanticVersion version) ? version : default).ToList();
        for (int i = 0; i < texts.Length; i++)
        {
            Assert.That(SemanticVersion.IsStrict(texts[i]), texts[i]);
            for (int j = 0; j < texts.Length; j++) Assert.That(System.Math.Sign(versions[i].CompareTo(versions[j])), Is.EqualTo(System.Math.Sign(i.CompareTo(j))), $"{texts[i]} and {texts[j]}");
        }
    }

    [TestCase("1.0.0+build.5", true)]
    [TestCase("1.0", false)]
    [TestCase("1.0.0-", false)]
    [TestCase("1.0.0-01", false)]
    [TestCase("v1.0.0", false)]
    public void AVersionIsStrictOrNot(string text, bool strict) => Assert.That(SemanticVersion.IsStrict(text), Is.EqualTo(strict));

    [TestCase("", "0.0.1", true)]
    [TestCase("1.8.0", "1.8.0", true)]
    [TestCase("1.8.0", "1.8.18", true)]
    [TestCase("1.8.0", "1.7.9", false)]
    [TestCase("1.8.0", "1.8.0-preview.1", false)]
    [TestCase("1.8", "1.8.0", true)]
    [TestCase("[1.8.0]", "1.8.0", true)]
    [TestCase("[1.8.0]", "1.8.1", false)]
    [TestCase("[1.3,3.4.1]", "3.4.1", true)]
    [TestCase("[1.3,3.4.1)", "3.4.1", false)]
    [TestCase("(1.3.0,3.4]", "1.3.0", false)]
    [TestCase("(1.3.0,3.4]", "3.4.0", true)]
    public void AVersionLiesInARangeOrNot(string range, string version, bool within) => Assert.That(VersionRange.Parse(range)!.Contains(version), Is.EqualTo(within));

    [TestCase("1.*")]
    [TestCase("(1.0)")]
    [TestCase("[2.0,1.0]")]
    [TestCase("[1.0,2.0,3.0]")]
    [TestCase(">=1.0")]
    [TestCase("[1.0 ,2.0]")]
    public void ThisIsNoRange(string range) => Assert.That(VersionRange.Parse(range), Is.Null);

    [TestCase("A", "A", true)]
    [TestCase("A", "B", false)]
    [TestCase("!A", "B", true)]
    [TestCase("!A", "A", false)]
    [TestCase("A || B", "B", true)]
    [TestCase("A||!B", "C", true)]
    [TestCase("A || !B", "B", false)]
    public void AConstraintHoldsOrNot(string constraint, string defined, bool holds) => Assert.That(DefineConstraint.Parse(constraint)!.Holds(new HashSet<string> { defined }), Is.EqualTo(holds));

    [TestCase("A && B")]
    [TestCase("")]
    [TestCase("A ||")]
    public void ThisIsNoConstraint(string constraint) => Assert.That(DefineConstraint.Parse(constraint), Is.Null);
}
