using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Recurrent.PackageTool;

/// <summary>
/// What the engine-free assemblies offer to others, one line each: types, and members that are public or that a derived class sees. The lines are kept in
/// <c>DotNet~/PublicApi</c>, so that whoever reviews a change sees what it takes away.
/// </summary>
public static class PublicApi
{
    private static readonly SymbolDisplayFormat Format = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance,
        SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef,
        SymbolDisplayDelegateStyle.NameAndSignature,
        SymbolDisplayExtensionMethodStyle.StaticMethod,
        SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis,
        SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        SymbolDisplayLocalOptions.None,
        SymbolDisplayKindOptions.IncludeTypeKeyword,
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    // As a base in a type's own line.
    private static readonly SymbolDisplayFormat Name = Format.WithKindOptions(SymbolDisplayKindOptions.None).WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters);

    /// <summary>The lines of each engine-free assembly of a package: type by type in the order of their names, each followed by its members.</summary>
    /// <exception cref="InvalidDataException">One does not compile.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(PackageContents package, Surroundings around)
    {
        UnityProject project = around.Project(package, PackageManifest.Read(package.Folder.Root));
        project.Dlls.AddRange([NuGetPackages.OnnxRuntime, NuGetPackages.MathNet]);
        project.Defines.UnionWith([Surroundings.OnnxRuntimeDll, Surroundings.MathNetDll]);
        IReadOnlyList<AssemblyResult> results = ProjectCompilation.Run(project, new BuildTarget(IsEditor: false, IsWebGL: false), around.Compiler, around.Engine);
        HashSet<string> names = package.Asmdefs.Where(asmdef => asmdef is { NoEngineReferences: true, IsTest: false, IsEditorOnly: false } && !asmdef.Path.StartsWith("Samples~/", StringComparison.Ordinal)).Select(asmdef => asmdef.Name).ToHashSet();
        List<AssemblyResult> engineFree = results.Where(result => names.Contains(result.Name)).ToList();
        if (engineFree.Find(result => result.Assembly == null) is { } failed) throw new InvalidDataException($"{failed.Name}: {string.Join(' ', failed.Messages)}");

        CSharpCompilation seen = around.Compiler.See(engineFree.Select(result => result.Assembly!).Concat(project.Dlls.Select(around.Compiler.Load)));
        return engineFree.ToDictionary(result => result.Name, result => (IReadOnlyList<string>)Lines((IAssemblySymbol)seen.GetAssemblyOrModuleSymbol(result.Assembly!.Reference!)!).ToList());
    }

    private static IEnumerable<string> Lines(IAssemblySymbol assembly)
    {
        var types = new List<INamedTypeSymbol>();
        var namespaces = new Stack<INamespaceSymbol>([assembly.GlobalNamespace]);
        while (namespaces.TryPop(out INamespaceSymbol? space))
        {
            foreach (INamespaceSymbol inner in space.GetNamespaceMembers()) namespaces.Push(inner);
            types.AddRange(space.GetTypeMembers());
        }

        return types.OrderBy(type => type.ToDisplayString(Name), StringComparer.Ordinal).SelectMany(Lines);
    }

    private static IEnumerable<string> Lines(INamedTypeSymbol type)
    {
        if (!IsSeen(type)) yield break;
        IEnumerable<string> bases = new[] { type.BaseType }.Where(super => super is { SpecialType: SpecialType.None } && type.TypeKind == TypeKind.Class).Concat(type.Interfaces.OrderBy(face => face.Name, StringComparer.Ordinal)).Select(super => super!.ToDisplayString(Name));
        string modifiers = type switch
        {
            { TypeKind: not TypeKind.Class } => "",
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        string text = Accessibility(type) + modifiers + type.ToDisplayString(Format);
        string all = string.Join(", ", type.TypeKind == TypeKind.Enum ? [type.EnumUnderlyingType!.ToDisplayString(Name)] : bases);
        yield return all.Length > 0 ? $"{text} : {all}" : text;
        if (type.TypeKind == TypeKind.Delegate) yield break;

        var lines = new List<string>();
        foreach (ISymbol member in type.GetMembers())
        {
            // What a base declared, its own line says.
            if (member.IsOverride || !IsSeen(member) || (member.IsImplicitlyDeclared && member is not IMethodSymbol { MethodKind: MethodKind.Constructor })) continue;
            if (member is IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove or MethodKind.StaticConstructor }) continue;
            if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } && type.TypeKind is TypeKind.Enum or TypeKind.Struct && member is IMethodSymbol { Parameters.Length: 0 }) continue;
            if (member is not INamedTypeSymbol) lines.Add(member.ToDisplayString(Format));
        }

        // An enum's as they are declared.
        foreach (string line in type.TypeKind == TypeKind.Enum ? lines : lines.Order(StringComparer.Ordinal).ToList()) yield return line;
        foreach (string line in type.GetTypeMembers().OrderBy(nested => nested.Name, StringComparer.Ordinal).SelectMany(Lines)) yield return line;
    }

    private static string Accessibility(INamedTypeSymbol type) => type.DeclaredAccessibility == Microsoft.CodeAnalysis.Accessibility.Public ? "public " : "protected ";

    private static bool IsSeen(ISymbol symbol) => symbol.DeclaredAccessibility switch
    {
        Microsoft.CodeAnalysis.Accessibility.Public => true,
        Microsoft.CodeAnalysis.Accessibility.Protected or Microsoft.CodeAnalysis.Accessibility.ProtectedOrInternal => !symbol.ContainingType.IsSealed && HasSeenConstructor(symbol.ContainingType),
        _ => false,
    };

    // A class that others cannot derive from shows them nothing that is protected.
    private static bool HasSeenConstructor(INamedTypeSymbol type) => type.InstanceConstructors.Any(constructor =>
        constructor.DeclaredAccessibility is Microsoft.CodeAnalysis.Accessibility.Public or Microsoft.CodeAnalysis.Accessibility.Protected or Microsoft.CodeAnalysis.Accessibility.ProtectedOrInternal);
}
