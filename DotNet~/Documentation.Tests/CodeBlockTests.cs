using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using NUnit.Framework;

namespace Recurrent.Documentation.Tests;

/// <summary>The C# of the pages compiles; what is marked so runs.</summary>
public sealed class CodeBlockTests
{
    private static readonly string Root = FindRoot();

    private static IEnumerable<string> Pages() => Directory.EnumerateFiles(Path.Combine(Root, "Documentation~"), "*.md").Order(StringComparer.Ordinal)
        .Prepend(Path.Combine(Root, "README.md")).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'));

    private static IEnumerable<TestCaseData> Blocks() => Pages().SelectMany(page => CodeBlock.Read(page, File.ReadAllText(Path.Combine(Root, page))))
        .Select(block => new TestCaseData(block).SetName($"{{m}} {block}"));

    [TestCaseSource(nameof(Blocks))]
    public void TheCodeOfAPageCompiles(CodeBlock block)
    {
        using var assembly = new MemoryStream();
        IReadOnlyList<string> errors = block.Compile(assembly);
        Assert.That(errors, Is.Empty, string.Join('\n', errors));
        if (block.Runs) Run(assembly, block);
    }

    [Test]
    public void NoBlockIsOverlooked() => Assert.That(Blocks().Count(),
        Is.EqualTo(Pages().Sum(page => File.ReadLines(Path.Combine(Root, page)).Count(line => line.TrimStart().StartsWith("```cs", StringComparison.Ordinal)))));

    [Test]
    public void AMistakeIsNamedWithThePageTheLineAndTheCompilersMessage()
    {
        List<CodeBlock> blocks = CodeBlock.Read("page.md", "# Page\n\n<!-- context: float one = 1; -->\n<!-- run -->\n```csharp\nfloat two = 2 * one;\nvar lstm = new LSTM(two);\n```\ntext\n\n"
            + "<!-- continues -->\n```csharp\nConsole.WriteLine(one + three);\n```\n\n```csharp\nusing Recurrent;\n\nvar lstm = new LSTM(2, 3);\n```\n```csharp\nusing System;\nvar lstm = new LSTM(2, 3);\n```\n");
        Assert.That(blocks.Select(block => (block.Line, block.Runs)), Is.EqualTo(new[] { (5, true), (12, false), (16, false), (21, false) }));
        Assert.That(blocks[0].Compile(new MemoryStream()).Single(), Does.StartWith("page.md(7): CS1503 ").Or.StartsWith("page.md(7): CS7036 "));
        Assert.That(blocks[1].Compile(new MemoryStream()).Last(), Does.StartWith("page.md(13): CS0103 ").And.Contains("'three'"));
        Assert.That(blocks[2].Compile(new MemoryStream()), Is.Empty);
        Assert.That(blocks[3].Compile(new MemoryStream()).Single(), Does.StartWith("page.md(23): CS0246 ").And.Contains("'LSTM'"));
    }

    [Test]
    public void WhatCSharp9DoesNotKnowIsRefused()
    {
        CodeBlock block = CodeBlock.Read("page.md", "```csharp\nint[] two = [1, 2];\n```\n").Single();
        Assert.That(block.Compile(new MemoryStream()).Single(), Does.StartWith("page.md(2): CS8773 "));
    }

    // In a folder of its own, where it finds and leaves what it names.
    private static void Run(MemoryStream assembly, CodeBlock block)
    {
        string folder = Directory.CreateTempSubdirectory("recurrent-").FullName, before = Environment.CurrentDirectory;
        TextWriter console = Console.Out;
        using var output = new StringWriter();
        var context = new AssemblyLoadContext(block.ToString(), isCollectible: true);
        try
        {
            Environment.CurrentDirectory = folder;
            Console.SetOut(output);
            assembly.Position = 0;
            MethodInfo main = context.LoadFromStream(assembly).EntryPoint!;
            Assert.That(() => main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Array.Empty<string>()], null), Throws.Nothing, block.ToString());
        }
        finally
        {
            Console.SetOut(console);
            TestContext.Out.WriteLine(output);
            Environment.CurrentDirectory = before;
            context.Unload();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "package.json"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("no package.json above the tests.");
        return folder;
    }
}
