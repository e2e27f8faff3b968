using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Recurrent.Documentation.Tests;

/// <summary>Where the help buttons of components and assets lead, there is a section.</summary>
public sealed partial class HelpTests
{
    [Test]
    public void EverySectionThatAHelpButtonLeadsToIsThere()
    {
        string package = Package();
        HashSet<string> sections = File.ReadLines(Path.Combine(package, "Documentation~", "components.md")).Where(line => line.StartsWith('#'))
            .Select(line => line.TrimStart('#').Trim().ToLowerInvariant().Replace(' ', '-')).ToHashSet();
        string[] led = Directory.EnumerateFiles(Path.Combine(package, "Runtime", "Components"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Help().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToArray();
        Assert.That(led.Length, Is.GreaterThanOrEqualTo(12));
        Assert.That(led.Distinct(), Is.SubsetOf(sections));
    }

    private static string Package()
    {
        DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory);
        while (folder != null && !File.Exists(Path.Combine(folder.FullName, "package.json"))) folder = folder.Parent;
        return folder!.FullName;
    }

    [GeneratedRegex(@"\[HelpURL\(DocumentationPage\.Components \+ ""([^""]+)""\)\]")]
    private static partial Regex Help();
}
