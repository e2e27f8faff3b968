using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Recurrent.PackageTool;

/// <summary>Test assemblies are what Unity takes for such, and say nothing that its NUnit, based on 3.5, does not know.</summary>
public static class TestRule
{
    // NUnit's documentation of 3.6 and later names the version of each.
    private static readonly string[] LaterMembers =
    [
        "Assert.Multiple", "Assert.MultipleAsync", "Assert.EnterMultipleScope", "Assert.Warn", "Assert.ThrowsAsync", "Assert.CatchAsync", "Assert.DoesNotThrowAsync",
        "Warn.If", "Warn.Unless", "Is.AnyOf", "Is.Default", "Has.ItemAt", "TestContext.AddTestAttachment", "TestContext.AddFormatter", "TestContext.Progress",
    ];

    private static readonly string[] LaterTypes = ["ClassicAssert", "CollectionAssertAsync", "NonParallelizable", "FixtureLifeCycle", "CancelAfter", "Warn"];

    /// <summary>What is wrong.</summary>
    public static IEnumerable<Problem> Check(PackageContents package)
    {
        foreach (Asmdef asmdef in package.Asmdefs)
        {
            bool isUnderTests = asmdef.Path.StartsWith("Tests/", StringComparison.Ordinal);
            if (!asmdef.IsTest)
            {
                if (isUnderTests && asmdef.DefineConstraints.All(constraint => constraint != "UNITY_INCLUDE_TESTS")) yield return Wrong("lies under Tests and would be compiled into every project");
                continue;
            }

            if (!asmdef.DefineConstraints.Contains("UNITY_INCLUDE_TESTS")) yield return Wrong("holds tests and has no constraint UNITY_INCLUDE_TESTS");
            foreach (string runner in OptionalPackage.TestRunners.Except(asmdef.References)) yield return Wrong($"holds tests and does not reference {runner}");
            if (!asmdef.OverrideReferences || !asmdef.PrecompiledReferences.Contains("nunit.framework.dll")) yield return Wrong("holds tests and does not name nunit.framework.dll with overrideReferences");
            if (asmdef.AutoReferenced) yield return Wrong("holds tests and is autoReferenced");
            foreach (ScriptFile script in package.ScriptsOf(asmdef))
            {
                foreach (Problem problem in CheckScript(script)) yield return problem;
            }

            Problem Wrong(string message) => new(asmdef.Path, message);
        }
    }

    private static IEnumerable<Problem> CheckScript(ScriptFile script)
    {
        foreach (CSharpSyntaxNode node in script.Root.DescendantNodes().OfType<CSharpSyntaxNode>())
        {
            string? later = node switch
            {
                MemberAccessExpressionSyntax member when LaterMembers.Contains($"{member.Expression}.{member.Name.Identifier.ValueText}") => $"{member.Expression}.{member.Name.Identifier.ValueText}",
                AttributeSyntax attribute when LaterTypes.Contains(attribute.Name.ToString()) => attribute.Name.ToString(),
                MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "ClassicAssert" } } => "ClassicAssert",
                _ => null,
            };
            if (later != null) yield return new Problem(script.Place(node), $"uses {later}, which Unity's NUnit does not know");
            if (node is MethodDeclarationSyntax method && method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "Test" or "TestCase" or "TestCaseSource")
                && (method.Modifiers.Any(SyntaxKind.AsyncKeyword) || method.ReturnType.ToString() is "Task" or "ValueTask"))
                yield return new Problem(script.Place(method), $"{method.Identifier.ValueText} is asynchronous: Unity's Test Framework before 1.3 takes it for passed");
        }
    }
}
