using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Recurrent.PackageTool;

/// <summary>In scenes, prefabs and assets every script's GUID is that of a script, and every serialized field is one that its class has.</summary>
public static partial class SceneRule
{
    private static readonly string[] Extensions = [".unity", ".prefab", ".asset"];

    // What Unity writes of every behaviour and asset.
    private static readonly string[] Common =
    [
        "m_ObjectHideFlags", "m_CorrespondingSourceObject", "m_PrefabInstance", "m_PrefabAsset", "m_GameObject", "m_Enabled", "m_EditorHideFlags",
        "m_Script", "m_Name", "m_EditorClassIdentifier", "serializedVersion",
    ];

    /// <summary>What does not resolve.</summary>
    public static IEnumerable<Problem> Check(PackageContents package)
    {
        List<string> scenes = package.Files.Where(file => Extensions.Contains(Path.GetExtension(file))).ToList();
        if (scenes.Count == 0) yield break;
        var scripts = new Dictionary<string, string>();
        foreach (string meta in package.Folder.Metas.Where(meta => meta.EndsWith(".cs.meta", StringComparison.Ordinal)))
        {
            if (MetaFile.ReadGuid(package.Folder.FullPath(meta)) is { } guid) scripts.TryAdd(guid, meta[..^".meta".Length]);
        }

        Dictionary<string, SerializedType> types = SerializedType.Of(package.Scripts);
        foreach (string scene in scenes)
        {
            foreach (Problem problem in CheckScene(scene, package.Read(scene), scripts, types)) yield return problem;
        }
    }

    private static IEnumerable<Problem> CheckScene(string path, string yaml, Dictionary<string, string> scripts, Dictionary<string, SerializedType> types)
    {
        string[] lines = yaml.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] != "MonoBehaviour:") continue;
            int end = i + 1;
            while (end < lines.Length && lines[end].StartsWith(' ')) end++;
            Match script = Array.FindAll(lines[i..end], line => line.StartsWith("  m_Script:", StringComparison.Ordinal)).Select(line => Guid().Match(line)).FirstOrDefault(Match.Empty);
            if (!script.Success || !scripts.TryGetValue(script.Groups[1].Value, out string? file))
            {
                yield return new Problem($"{path}({i + 1})", $"has a script of the GUID {script.Groups[1].Value}, which is none of this package");
                continue;
            }

            string name = Path.GetFileNameWithoutExtension(file);
            if (!types.TryGetValue(name, out SerializedType? type)) yield return new Problem($"{path}({i + 1})", $"has the script {file}, in which there is no class {name}");
            else foreach ((int line, string message) in CheckFields(lines, i + 1, end, type, types)) yield return new Problem($"{path}({line + 1})", message);
        }
    }

    // A level of indentation, the type whose fields stand there, and the type of the field read last, whose own fields may follow deeper.
    private sealed record Level(int Indent, SerializedType? Type)
    {
        public SerializedType? Below { get; set; }
    }

    private static IEnumerable<(int Line, string Message)> CheckFields(string[] lines, int start, int end, SerializedType type, Dictionary<string, SerializedType> types)
    {
        var levels = new Stack<Level>([new Level(2, type)]);
        for (int i = start; i < end; i++)
        {
            Match match = Field().Match(lines[i]);
            if (!match.Success) continue;
            int indent = match.Groups["space"].Length;
            bool isItem = match.Groups["item"].Success;
            // An item of a list stands as deep as the list's own key.
            while (levels.Peek().Indent > indent) levels.Pop();
            if (isItem) indent += 2;
            if (levels.Peek().Indent < indent) levels.Push(new Level(indent, levels.Peek().Below));

            Level level = levels.Peek();
            string field = match.Groups["key"].Value;
            level.Below = null;
            if (level.Type == null || (indent == 2 && Common.Contains(field)) || field == "serializedVersion") continue;
            if (!level.Type.IsComplete(types)) continue;
            if (level.Type.Find(field, types) is { } found) level.Below = types.GetValueOrDefault(found);
            else yield return (i, $"sets {level.Type.Name}.{field}, which that class does not serialize");
        }
    }

    [GeneratedRegex(@"\bguid: ([0-9a-f]{32})\b")]
    private static partial Regex Guid();

    [GeneratedRegex(@"^(?<space> *)(?<item>- )?(?<key>[A-Za-z_]\w*):( |$)")]
    private static partial Regex Field();

    /// <summary>What Unity serializes of a class or struct of the package, by the sources.</summary>
    private sealed class SerializedType
    {
        private static readonly string[] Roots = ["MonoBehaviour", "ScriptableObject", "Object", "Component", "Behaviour"];

        // By name: the type of the field, or of its elements.
        private readonly Dictionary<string, string> _fields = new();
        private readonly List<string> _bases = new();

        private SerializedType(string name) => Name = name;

        public string Name { get; }

        public static Dictionary<string, SerializedType> Of(IEnumerable<ScriptFile> scripts)
        {
            var types = new Dictionary<string, SerializedType>();
            foreach (TypeDeclarationSyntax declaration in scripts.SelectMany(script => script.Root.DescendantNodes()).OfType<TypeDeclarationSyntax>())
            {
                string name = declaration.Identifier.ValueText;
                if (!types.TryGetValue(name, out SerializedType? type)) types.Add(name, type = new SerializedType(name));
                if (declaration.BaseList is { } bases) type._bases.AddRange(bases.Types.Select(entry => Simple(entry.Type)));
                foreach (FieldDeclarationSyntax field in declaration.Members.OfType<FieldDeclarationSyntax>()) type.Add(field);
            }

            return types;
        }

        // A base that is neither the engine's root nor of the package may have fields that nobody knows here.
        public bool IsComplete(Dictionary<string, SerializedType> types) => _bases.All(name =>
            Roots.Contains(name) || (name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1])) || (types.TryGetValue(name, out SerializedType? type) && type.IsComplete(types)));

        public string? Find(string field, Dictionary<string, SerializedType> types) => _fields.TryGetValue(field, out string? type) ? type
            : _bases.Select(name => types.TryGetValue(name, out SerializedType? below) ? below.Find(field, types) : null).FirstOrDefault(found => found != null);

        private void Add(FieldDeclarationSyntax field)
        {
            List<AttributeSyntax> attributes = field.AttributeLists.SelectMany(list => list.Attributes).ToList();
            bool isMarked = attributes.Exists(attribute => attribute.Name.ToString() is "SerializeField" or "UnityEngine.SerializeField" or "SerializeReference");
            bool isPublic = field.Modifiers.Any(SyntaxKind.PublicKeyword) && !attributes.Exists(attribute => attribute.Name.ToString() is "NonSerialized" or "System.NonSerialized");
            if (field.Modifiers.Any(SyntaxKind.StaticKeyword) || field.Modifiers.Any(SyntaxKind.ConstKeyword) || field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) || !(isMarked || isPublic)) return;
            string type = Simple(field.Declaration.Type);
            foreach (VariableDeclaratorSyntax variable in field.Declaration.Variables) _fields[variable.Identifier.ValueText] = type;
            foreach (AttributeSyntax former in attributes.Where(attribute => attribute.Name.ToString().EndsWith("FormerlySerializedAs", StringComparison.Ordinal)))
            {
                if (former.ArgumentList?.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax literal) _fields[literal.Token.ValueText] = type;
            }
        }

        private static string Simple(TypeSyntax type) => type switch
        {
            NullableTypeSyntax nullable => Simple(nullable.ElementType),
            ArrayTypeSyntax array => Simple(array.ElementType),
            GenericNameSyntax { TypeArgumentList.Arguments: [var element] } => Simple(element),
            QualifiedNameSyntax qualified => Simple(qualified.Right),
            _ => type.ToString(),
        };
    }
}
