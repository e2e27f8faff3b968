using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace UnitySignatures;

/// <summary>
/// What a type offers to code outside its assembly, one line a fact: the type itself, its base and interfaces, and every member with types, names,
/// defaults and modifiers that a caller or a derived class can tell. Overrides are left out, for the base has them.
/// </summary>
internal static class Signatures
{
    private static readonly SymbolDisplayFormat Types = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    private static readonly SymbolDisplayFormat Members = Types
        .WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints)
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis);

    /// <summary>The public types of an assembly, nested ones too.</summary>
    public static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceSymbol place)
    {
        foreach (INamespaceOrTypeSymbol member in place.GetMembers())
        {
            if (member is INamespaceSymbol inner)
            {
                foreach (INamedTypeSymbol type in TypesOf(inner)) yield return type;
            }
            else if (member is INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type)
            {
                foreach (INamedTypeSymbol nested in WithNested(type)) yield return nested;
            }
        }
    }

    /// <summary>By which a type is found again elsewhere.</summary>
    public static string NameOf(INamedTypeSymbol type) => type.OriginalDefinition.ToDisplayString(Types);

    public static IEnumerable<string> Of(INamedTypeSymbol type)
    {
        string name = NameOf(type);
        yield return Kind(type) + name + Marks(type);
        if (type.TypeKind == TypeKind.Delegate)
        {
            yield return $"{name}: {type.DelegateInvokeMethod!.ReturnType.ToDisplayString(Types)} ({Parameters(type.DelegateInvokeMethod)})";
            yield break;
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            foreach (IFieldSymbol value in type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue))
            {
                yield return $"{name}: {value.Name} = {value.ConstantValue}{Marks(value)}";
            }

            yield break;
        }

        if (type.BaseType is { SpecialType: SpecialType.None } parent) yield return $"{name} : {parent.ToDisplayString(Types)}";
        foreach (INamedTypeSymbol contract in type.AllInterfaces) yield return $"{name} : {contract.ToDisplayString(Types)}";
        foreach (string use in Uses(type)) yield return $"{name}: {use}";
        foreach (ISymbol member in type.GetMembers().Where(IsOffered))
        {
            string text = Text(member);
            yield return $"{name}: {Modifiers(member)}{text}{Marks(member)}";
            if (member.IsVirtual && type.TypeKind == TypeKind.Class) yield return $"{name}: may be overridden: {text}";
        }
    }

    private static IEnumerable<INamedTypeSymbol> WithNested(INamedTypeSymbol type) =>
        type.GetTypeMembers().Where(nested => nested.DeclaredAccessibility == Accessibility.Public).SelectMany(WithNested).Prepend(type);

    private static bool IsOffered(ISymbol member)
    {
        if (member.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal) || member.IsOverride) return false;
        if (member is INamedTypeSymbol) return false;
        if (member is not IMethodSymbol method) return true;
        if (method.MethodKind == MethodKind.Constructor) return method.Parameters.Length > 0 || method.ContainingType.TypeKind == TypeKind.Class;
        return method.MethodKind is MethodKind.Ordinary or MethodKind.UserDefinedOperator or MethodKind.Conversion;
    }

    private static string Kind(INamedTypeSymbol type)
    {
        string kind = type.TypeKind.ToString().ToLowerInvariant() + " ";
        if (type.TypeKind != TypeKind.Class) return kind;
        return (type.IsStatic ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + kind;
    }

    private static string Modifiers(ISymbol member)
    {
        string modifiers = member.DeclaredAccessibility == Accessibility.Public ? "" : "protected ";
        if (member is IFieldSymbol { IsConst: true }) return modifiers + "const ";
        if (member.IsStatic) modifiers += "static ";
        if (member is IFieldSymbol { IsReadOnly: true }) modifiers += "readonly ";
        if (member.ContainingType.TypeKind == TypeKind.Interface) return modifiers;
        return modifiers + (member.IsAbstract ? "abstract " : "");
    }

    private static string Text(ISymbol member)
    {
        switch (member)
        {
            case IMethodSymbol { MethodKind: MethodKind.Constructor } constructor:
                return $"new({Parameters(constructor)})";
            case IFieldSymbol { IsConst: true } constant:
                return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{constant.Type.ToDisplayString(Types)} {constant.Name} = {constant.ConstantValue}");
            case IPropertySymbol property:
                string accessors = Accessor(property.GetMethod, property, "get; ") + Accessor(property.SetMethod, property, "set; ");
                string name = property.IsIndexer ? $"this[{string.Join(", ", property.Parameters.Select(parameter => parameter.ToDisplayString(Members)))}]" : property.Name;
                return $"{property.Type.ToDisplayString(Types)} {name} {{ {accessors}}}";
            case IEventSymbol happening:
                return $"event {happening.Type.ToDisplayString(Types)} {happening.Name}";
            default:
                return member.ToDisplayString(Members);
        }
    }

    private static string Accessor(IMethodSymbol? accessor, IPropertySymbol property, string text)
    {
        if (accessor == null || accessor.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal) return "";
        return accessor.DeclaredAccessibility == property.DeclaredAccessibility ? text : "protected " + text;
    }

    private static string Parameters(IMethodSymbol method) => string.Join(", ", method.Parameters.Select(parameter => parameter.ToDisplayString(Members)));

    // Of an attribute: on what it may stand, and whether more than once.
    private static IEnumerable<string> Uses(INamedTypeSymbol type)
    {
        bool isAttribute = false;
        AttributeData? usage = null;
        for (INamedTypeSymbol? place = type; place != null; place = place.BaseType)
        {
            isAttribute |= place.ToDisplayString(Types) == "System.Attribute";
            usage ??= place.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString(Types) == "System.AttributeUsageAttribute");
        }

        if (!isAttribute || usage == null) yield break;
        var targets = (AttributeTargets)(int)usage.ConstructorArguments[0].Value!;
        foreach (AttributeTargets target in Enum.GetValues<AttributeTargets>())
        {
            if (target != AttributeTargets.All && targets.HasFlag(target)) yield return $"on {target}";
        }

        if (usage.NamedArguments.Any(argument => argument is { Key: "AllowMultiple", Value.Value: true })) yield return "more than once";
    }

    // Attributes by which the compiler treats a use differently.
    private static string Marks(ISymbol symbol)
    {
        var marks = new List<string>();
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            switch (attribute.AttributeClass?.ToDisplayString(Types))
            {
                case "System.ObsoleteAttribute":
                    marks.Add("Obsolete");
                    break;
                case "System.Diagnostics.ConditionalAttribute":
                    marks.Add($"Conditional({attribute.ConstructorArguments[0].Value})");
                    break;
            }
        }

        return marks.Count == 0 ? "" : $" [{string.Join(", ", marks)}]";
    }
}
