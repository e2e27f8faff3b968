using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Recurrent.PackageTool;

/// <summary>Each file, menu path, command and type that the documents name exists.</summary>
public sealed partial class DocumentRule
{
    private static readonly string[] Folders = ["Runtime", "Editor", "Tests", "Samples~", "Documentation~", "DotNet~", ".ci"];

    private static readonly string[] Menus = ["Recurrent", "Window", "Assets", "Component", "Add Component", "GameObject", "Tools"];

    // Those that every editor has.
    private static readonly string[] EditorsMenus =
    [
        "Assets/Create", "Assets/Reimport", "Window/Package Manager", "Window/Package Management/Package Manager", "Window/General/Console", "Window/General/Test Runner", "Window/Analysis/Profiler",
    ];

    private static readonly string[] MenuAttributes = ["MenuItem", "AddComponentMenu", "CreateAssetMenu"];

    private readonly PackageContents _package;
    private readonly HashSet<string> _words = new();
    private readonly Dictionary<string, HashSet<string>> _members = new();
    private readonly Dictionary<string, List<string>> _bases = new();
    private readonly HashSet<string> _menus = new();

    // What attributes say of menus, and the constants that it may be put together from, as Type.Name.
    private readonly List<ExpressionSyntax> _menuTexts = new();
    private readonly Dictionary<string, ExpressionSyntax> _constants = new();

    // The projects of DotNet~: their verbs, the strings they say, and what a user calls the program.
    private readonly Dictionary<string, (HashSet<string> Verbs, HashSet<string> Strings)> _projects = new();

    // Those of them whose options System.CommandLine parses.
    private readonly HashSet<string> _parsing = new();

    private DocumentRule(PackageContents package)
    {
        _package = package;
        foreach (ScriptFile script in package.Scripts) Read(script, null);
        foreach (ExpressionSyntax text in _menuTexts)
        {
            if (TextOf(text) is { } menu) _menus.Add(menu.TrimEnd('…', '.'));
        }

        string dotNet = package.Folder.FullPath("DotNet~");
        if (!Directory.Exists(dotNet)) return;
        foreach (string project in Directory.GetDirectories(dotNet).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal))
        {
            if (!Directory.EnumerateFiles(Path.Combine(dotNet, project), "*.csproj").Any()) continue;
            _projects.Add(project, (new HashSet<string>(), new HashSet<string>()));
            foreach (string file in Directory.EnumerateFiles(Path.Combine(dotNet, project), "*.cs", SearchOption.AllDirectories))
            {
                string relative = Path.GetRelativePath(package.Folder.Root, file).Replace('\\', '/');
                if (!relative.Split('/').Any(part => part is "bin" or "obj")) Read(new ScriptFile(relative, file), project);
            }
        }
    }

    /// <summary>What the documents name and what is not there.</summary>
    public static IEnumerable<Problem> Check(PackageContents package)
    {
        List<string> documents = new[] { "README.md", "CONTRIBUTING.md" }.Where(package.Has).ToList();
        string manual = package.Folder.FullPath("Documentation~");
        if (Directory.Exists(manual)) documents.AddRange(Directory.EnumerateFiles(manual, "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(package.Folder.Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        if (documents.Count == 0) return [];
        var rule = new DocumentRule(package);
        return documents.SelectMany(rule.CheckDocument);
    }

    private IEnumerable<Problem> CheckDocument(string path)
    {
        string? fence = null;
        string[] lines = _package.Read(path).ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                fence = fence == null ? line.Trim()[3..] : null;
                continue;
            }

            IEnumerable<string> found = fence == null ? CheckText(path, line) : fence is "" or "sh" or "bash" or "console" ? CheckCommand(line) : [];
            foreach (string message in found) yield return new Problem($"{path}({i + 1})", message);
        }
    }

    private IEnumerable<string> CheckText(string document, string line)
    {
        foreach (Match link in Link().Matches(Code().Replace(line, "")))
        {
            string target = Uri.UnescapeDataString(link.Groups[1].Value.Trim('<', '>'));
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal)) continue;
            string[] parts = target.Split('#');
            string file = parts[0].Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, parts[0]);
            if (!Path.Exists(_package.Folder.FullPath(file))) yield return $"links to {target}, which does not exist";
            else if (parts.Length > 1 && file.EndsWith(".md", StringComparison.Ordinal) && !Anchors(_package.Read(file)).Contains(parts[1])) yield return $"links to {target}, and there is no such heading";
        }

        foreach (string span in Code().Matches(line).Select(match => match.Groups[1].Value))
        {
            foreach (string message in CheckSpan(span)) yield return message;
        }

        foreach (Match emphasis in Emphasis().Matches(Code().Replace(line, "")))
        {
            if (MissingMenu(emphasis.Groups[1].Value) is { } message) yield return message;
        }
    }

    private IEnumerable<string> CheckSpan(string span)
    {
        if (MissingMenu(span) is { } menu) return [menu];
        string first = span.Split('/')[0];
        if (Folders.Contains(first) && (span.Contains('/') || first.EndsWith('~')) && !span.Contains(' '))
            return Exists(span) ? [] : [$"names {span}, which does not exist"];
        if (NameOfType().IsMatch(span)) return CheckName(span);
        return CheckCommand(span);
    }

    private bool Exists(string path) => !path.Contains('*') && !path.Contains('…')
        ? Path.Exists(_package.Folder.FullPath(path))
        : Path.Exists(_package.Folder.FullPath(string.Join('/', path.Split('/').TakeWhile(part => !part.Contains('*') && !part.Contains('…')))));

    private string? MissingMenu(string text)
    {
        string path = Arrow().Replace(text, "/").TrimEnd('…', '.');
        string[] parts = path.Split('/');
        if (parts.Length < 2 || !Menus.Contains(parts[0]) || path.EndsWith('/') || parts.Any(part => part.Contains('.') || part.Contains('*'))) return null;
        if (Path.Exists(_package.Folder.FullPath(path)) || EditorsMenus.Contains(path)) return null;
        string entry = path.StartsWith("Assets/Create/", StringComparison.Ordinal) ? path["Assets/Create/".Length..]
            : path.StartsWith("Component/", StringComparison.Ordinal) || path.StartsWith("Add Component/", StringComparison.Ordinal) ? path[(path.IndexOf('/') + 1)..] : path;
        return _menus.Contains(path) || _menus.Contains(entry) || _menus.Any(menu => menu.StartsWith(path + "/", StringComparison.Ordinal) || menu.StartsWith(entry + "/", StringComparison.Ordinal)) ? null
            : $"names the menu {path}, and no attribute makes it";
    }

    private IEnumerable<string> CheckName(string name)
    {
        string[] parts = name.TrimEnd('(', ')').Split('.');
        if (parts.FirstOrDefault(part => !_words.Contains(part)) is { } unknown) yield return $"names {name}, and no source says {unknown}";
        else if (parts.Length == 2 && _members.ContainsKey(parts[0]) && !HasMember(parts[0], parts[1])) yield return $"names {name}, and {parts[0]} has no {parts[1]}";
    }

    // Of a type with a base from elsewhere not all members are known.
    private bool HasMember(string type, string member) => !_members.TryGetValue(type, out HashSet<string>? members)
        || members.Contains(member) || _bases[type].Any(name => HasMember(name, member));

    private IEnumerable<string> CheckCommand(string line)
    {
        string[] words = line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) yield break;
        string? project = null;
        int at = 0;
        if (words[0] == "dotnet")
        {
            int option = Array.IndexOf(words, "--project");
            foreach (string path in words.Skip(1).Where(word => word.StartsWith("DotNet~", StringComparison.Ordinal) && !Path.Exists(_package.Folder.FullPath(word)))) yield return $"names {path}, which does not exist";
            if (words.Length < 2 || words[1] != "run" || option < 0 || option + 1 >= words.Length) yield break;
            project = Path.GetFileName(words[option + 1].TrimEnd('/'));
            at = Array.IndexOf(words, "--") + 1;
            if (at == 0 || at >= words.Length) yield break;
        }
        else if (words[0] is "recurrent" or "recurrent-package")
        {
            project = words[0] == "recurrent" ? "CommandLine" : "PackageTool";
            at = 1;
            if (words.Length == 1) yield break;
        }
        else
        {
            project = _projects.FirstOrDefault(entry => entry.Value.Verbs.Contains(words[0])).Key;
        }

        if (project == null || !_projects.TryGetValue(project, out var known)) yield break;
        if (!words[at].StartsWith('-') && known.Verbs.Count > 0 && !known.Verbs.Contains(words[at])) yield return $"names the command '{words[at]}', which DotNet~/{project} does not have";
        // Another program hands its options on, or reads them by hand.
        if (!_parsing.Contains(project)) yield break;
        foreach (string option in words.Skip(at).Select(word => word.Trim('[', ']').Split('=')[0]).Where(word => Option().IsMatch(word)))
        {
            if (option is not ("--help" or "--version") && !known.Strings.Contains(option)) yield return $"names the option {option}, which DotNet~/{project} does not have";
        }
    }

    private void Read(ScriptFile script, string? project)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None);
        SyntaxNode root = script.Parse(options).GetRoot();
        _words.Add(Path.GetFileNameWithoutExtension(script.Path));
        foreach (SyntaxToken token in root.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken)) _words.Add(token.ValueText);
            else if (token.IsKind(SyntaxKind.StringLiteralToken))
            {
                foreach (Match word in Word().Matches(token.ValueText)) _words.Add(word.Value);
                if (project != null) _projects[project].Strings.Add(token.ValueText);
            }
        }

        if (project != null && ((CompilationUnitSyntax)root).Usings.Any(directive => directive.Name?.ToString() == "System.CommandLine")) _parsing.Add(project);
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            if (node is TypeDeclarationSyntax type && project is null or "Recurrent") Declare((TypeDeclarationSyntax)node);
            if (node is EnumDeclarationSyntax { Identifier.ValueText: var name } list) Members(name).UnionWith(list.Members.Select(member => member.Identifier.ValueText));
            if (node is FieldDeclarationSyntax { Parent: TypeDeclarationSyntax owner } field && field.Modifiers.Any(SyntaxKind.ConstKeyword))
            {
                foreach (VariableDeclaratorSyntax constant in field.Declaration.Variables) _constants[$"{owner.Identifier.ValueText}.{constant.Identifier.ValueText}"] = constant.Initializer!.Value;
            }

            if (node is AttributeSyntax attribute && MenuAttributes.Contains(attribute.Name.ToString().Split('.')[^1])) ReadMenu(attribute);
            if (project == null) continue;
            ArgumentSyntax? first = node switch
            {
                ConstructorInitializerSyntax { RawKind: (int)SyntaxKind.BaseConstructorInitializer } initializer => initializer.ArgumentList.Arguments.FirstOrDefault(),
                ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: "Command" } } creation => creation.ArgumentList?.Arguments.FirstOrDefault(),
                _ => null,
            };
            if (first?.Expression is LiteralExpressionSyntax literal && Verb().IsMatch(literal.Token.ValueText)) _projects[project].Verbs.Add(literal.Token.ValueText);
        }
    }

    private void Declare(TypeDeclarationSyntax type)
    {
        HashSet<string> members = Members(type.Identifier.ValueText);
        if (type.BaseList is { } bases) _bases[type.Identifier.ValueText].AddRange(bases.Types.Select(entry => entry.Type.ToString().Split('<')[0].Split('.')[^1]));
        foreach (MemberDeclarationSyntax member in type.Members)
        {
            if (member is BaseFieldDeclarationSyntax fields) members.UnionWith(fields.Declaration.Variables.Select(variable => variable.Identifier.ValueText));
            else if (member is MethodDeclarationSyntax method) members.Add(method.Identifier.ValueText);
            else if (member is PropertyDeclarationSyntax property) members.Add(property.Identifier.ValueText);
            else if (member is EventDeclarationSyntax @event) members.Add(@event.Identifier.ValueText);
            else if (member is BaseTypeDeclarationSyntax nested) members.Add(nested.Identifier.ValueText);
        }
    }

    private HashSet<string> Members(string type)
    {
        if (_members.TryGetValue(type, out HashSet<string>? members)) return members;
        _bases.Add(type, new List<string>());
        _members.Add(type, members = new HashSet<string>());
        return members;
    }

    private void ReadMenu(AttributeSyntax attribute)
    {
        foreach (AttributeArgumentSyntax argument in attribute.ArgumentList?.Arguments ?? default)
        {
            if (argument.NameEquals?.Name.ToString() is null or "menuName") _menuTexts.Add(argument.Expression);
        }
    }

    // What a constant text says; null for anything else.
    private string? TextOf(ExpressionSyntax expression, int depth = 0) => depth > 20 ? null : expression switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal => literal.Token.ValueText,
        ParenthesizedExpressionSyntax inner => TextOf(inner.Expression, depth + 1),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => TextOf(sum.Left, depth + 1) is { } left && TextOf(sum.Right, depth + 1) is { } right ? left + right : null,
        IdentifierNameSyntax name => expression.Ancestors().OfType<TypeDeclarationSyntax>().Select(type => Constant($"{type.Identifier.ValueText}.{name.Identifier.ValueText}", depth)).FirstOrDefault(text => text != null),
        MemberAccessExpressionSyntax access => Constant($"{access.Expression.ToString().Split('.')[^1]}.{access.Name.Identifier.ValueText}", depth),
        _ => null,
    };

    private string? Constant(string name, int depth) => _constants.TryGetValue(name, out ExpressionSyntax? value) ? TextOf(value, depth + 1) : null;

    // As GitHub and Unity's own renderer name headings.
    private static HashSet<string> Anchors(string markdown) => markdown.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith('#'))
        .Select(line => Dropped().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-')).ToHashSet();

    [GeneratedRegex(@"`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((<[^>]+>|[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\*{1,2}([^*]+)\*{1,2}")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"\s*(?:>|→|▸|/)\s*")]
    private static partial Regex Arrow();

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*(\.[A-Z]\w*)*(\(\))?$|^(LSTM|GRU|RNN)\w*(\.[A-Z]\w*)*(\(\))?$")]
    private static partial Regex NameOfType();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Verb();

    [GeneratedRegex(@"^--[a-z][a-z-]*$")]
    private static partial Regex Option();

    [GeneratedRegex(@"[^\p{L}\p{N}_ -]")]
    private static partial Regex Dropped();
}
