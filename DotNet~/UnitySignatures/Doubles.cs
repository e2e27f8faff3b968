using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace UnitySignatures;

/// <summary>The compiled doubles, and the namespaces of theirs that Unity does not have.</summary>
internal static class Doubles
{
    private const string Own = "UnityEngine.TestTools.Double";

    private const string Wrapping = "NUnit's own way to run a test otherwise; Unity has a runner of its own for that.";

    private const string Native = "Unity takes the number from an enumeration of its layout engine, which is not in the reference of the oldest version.";

    // The numbers that styles are kept by, as Unity's manual orders them.
    private static readonly Type[] s_nativeEnumerations =
    [
        typeof(UnityEngine.UIElements.Align), typeof(UnityEngine.UIElements.DisplayStyle), typeof(UnityEngine.UIElements.FlexDirection), typeof(UnityEngine.UIElements.Justify),
        typeof(UnityEngine.UIElements.Overflow), typeof(UnityEngine.UIElements.Position), typeof(UnityEngine.UIElements.Wrap),
    ];

    /// <summary>What they have and Unity has not, and why.</summary>
    public static Dictionary<string, string> Exceptions { get; } = new(s_nativeEnumerations.SelectMany(type => Enum.GetNames(type).Select(name =>
        new KeyValuePair<string, string>($"{type.FullName}: {name} = {(int)Enum.Parse(type, name)}", Native))))
    {
        ["UnityEngine.UIElements.ContextualMenuManipulator : UnityEngine.UIElements.PointerManipulator"] = "Its base was MouseManipulator in 2022.3; nothing asks.",
        ["UnityEngine.TestTools.UnityTestAttribute : NUnit.Framework.Interfaces.IWrapTestMethod"] = Wrapping,
        ["UnityEngine.TestTools.UnityTestAttribute : NUnit.Framework.Interfaces.ICommandWrapper"] = Wrapping,
        ["UnityEngine.TestTools.UnityTestAttribute: NUnit.Framework.Internal.Commands.TestCommand Wrap(NUnit.Framework.Internal.Commands.TestCommand command)"] = Wrapping,
    };

    public static MetadataReference[] Framework { get; } = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(file => Path.GetDirectoryName(file) == Path.GetDirectoryName(typeof(object).Assembly.Location) || Path.GetFileName(file) == "nunit.framework.dll")
        .Select(file => (MetadataReference)MetadataReference.CreateFromFile(file))
        .ToArray();

    /// <summary>Every public fact of the doubles, by the type that it belongs to.</summary>
    public static SortedDictionary<string, IReadOnlyList<string>> Read()
    {
        MetadataReference[] doubles =
        [
            MetadataReference.CreateFromFile(typeof(UnityEngine.Object).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(UnityEngine.TestTools.LogAssert).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(UnityEngine.UIElements.VisualElement).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(UnityEditor.EditorWindow).Assembly.Location),
        ];
        CSharpCompilation compilation = CSharpCompilation.Create("Doubles", references: Framework.Concat(doubles));
        var found = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (MetadataReference assembly in doubles)
        {
            foreach (INamedTypeSymbol type in Signatures.TypesOf(((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(assembly)!).GlobalNamespace))
            {
                if (type.ContainingNamespace.ToDisplayString() != Own) found[Signatures.NameOf(type)] = Signatures.Of(type).ToArray();
            }
        }

        return found;
    }
}
