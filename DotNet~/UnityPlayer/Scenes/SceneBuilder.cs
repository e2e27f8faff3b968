using System.Collections.Generic;
using System.Linq;
using UnityEngine;
using Object = UnityEngine.Object;

namespace UnityPlayer;

/// <summary>Makes the objects of a scene or prefab: first all of them, then what they hold, so that references work in every direction; and wakes none.</summary>
internal sealed class SceneBuilder
{
    // Settings of the scene, and components that do nothing in a game without sound, physics and light.
    private static readonly HashSet<int> Ignored = [29, 81, 104, 108, 157, 196, 1660057539, 65, 135, 136, 64];

    private readonly SceneFile _file;
    private readonly Dictionary<long, Object> _made = new();
    private readonly FieldReader _fields;

    private SceneBuilder(SceneFile file)
    {
        _file = file;
        _fields = new FieldReader(Resolve);
    }

    /// <summary>All of a scene, in the scene that is active; what it hands back is to be woken.</summary>
    public static List<Component> Build(SceneFile file)
    {
        var builder = new SceneBuilder(file);
        builder.MakeAll();
        var awake = new List<Component>();
        foreach (GameObject root in builder.Roots())
        {
            World.Current.Scenes.Add(root, World.Current.Scenes.Active);
            if (root.activeSelf) root.MarkActive(awake);
        }

        return awake;
    }

    /// <summary>One object of a prefab, a material or an asset, outside any scene.</summary>
    public static Object BuildAsset(SceneFile file, long id)
    {
        var builder = new SceneBuilder(file);
        builder.MakeAll();
        if (!builder._made.TryGetValue(id, out Object? asset)) throw new SceneFileException(file.Path, 1, $"there is no object &{id}");
        if (asset is ScriptableObject script)
        {
            World.Current.Assets.Add(script);
            script.Wake();
        }

        return asset;
    }

    private void MakeAll()
    {
        foreach (SceneObject found in _file.Objects.Values.Where(found => found.ClassId == 1)) MakeGameObject(found);
        foreach (SceneObject found in _file.Objects.Values.Where(found => found.ClassId != 1 && !Ignored.Contains(found.ClassId) && !_made.ContainsKey(found.FileId)))
        {
            _made[found.FileId] = found.ClassId switch
            {
                21 => new Material(Shader.Find("Standard")),
                114 when IsNone(found.Body["m_GameObject"]) => World.Construct<ScriptableObject>(_file.Assets.Script(found.Body["m_Script"])),
                _ => throw found.Body.Error($"an object of class {found.ClassId} ({found.TypeName}) belongs to nothing here"),
            };
        }

        foreach ((long id, Object made) in _made) Fill(_file.Objects[id].Body, made);
        foreach ((long id, Object made) in _made) if (made is Transform transform) Adopt(_file.Objects[id].Body, transform);
    }

    private IEnumerable<GameObject> Roots()
    {
        // Unity 6 lists them; before it each has its place.
        SceneObject? list = _file.Objects.Values.FirstOrDefault(found => found.ClassId == 1660057539);
        IEnumerable<Transform> roots = list != null
            ? list.Body["m_Roots"].AsList().Select(root => (Transform)Resolve(root)!)
            : _made.Where(entry => entry.Value is Transform { Parent: null }).OrderBy(entry => _file.Objects[entry.Key].Body.Find("m_RootOrder")?.AsInteger() ?? 0).Select(entry => (Transform)entry.Value);
        return roots.Select(root => root.Owner);
    }

    private void MakeGameObject(SceneObject found)
    {
        var gameObject = new GameObject(found.Body["m_Name"].AsText(), false)
        {
            layer = (int)found.Body["m_Layer"].AsInteger(),
            tag = found.Body["m_TagString"].AsText(),
        };
        gameObject.SetActiveSilently(found.Body["m_IsActive"].AsFlag());
        _made[found.FileId] = gameObject;
        foreach (YamlNode entry in found.Body["m_Component"].AsList())
        {
            YamlNode reference = entry["component"];
            long id = reference["fileID"].AsInteger();
            if (!_file.Objects.TryGetValue(id, out SceneObject? part)) throw reference.Error($"there is no object &{id}");
            if (Ignored.Contains(part.ClassId)) continue;
            _made[id] = part.ClassId switch
            {
                4 => gameObject.transform,
                20 => gameObject.AddSilently(typeof(Camera)),
                23 => gameObject.AddSilently(typeof(MeshRenderer)),
                33 => gameObject.AddSilently(typeof(MeshFilter)),
                102 => gameObject.AddSilently(typeof(TextMesh)),
                120 => gameObject.AddSilently(typeof(LineRenderer)),
                114 => gameObject.AddSilently(_file.Assets.Script(part.Body["m_Script"])),
                _ => throw part.Body.Error($"a component of class {part.ClassId} ({part.TypeName}) is not known here"),
            };
        }
    }

    private void Fill(YamlNode body, Object made)
    {
        switch (made)
        {
            case Transform transform:
                transform.localPosition = FieldReader.Vector(body["m_LocalPosition"]);
                transform.localRotation = (Quaternion)_fields.Value(body["m_LocalRotation"], typeof(Quaternion))!;
                transform.localScale = FieldReader.Vector(body["m_LocalScale"]);
                break;
            case MonoBehaviour script:
                script.SetEnabledSilently(body["m_Enabled"].AsFlag());
                _fields.Read(body, script);
                break;
            case ScriptableObject asset:
                asset.Rename(body["m_Name"].AsText());
                _fields.Read(body, asset);
                break;
            case Camera camera:
                camera.SetEnabledSilently(body["m_Enabled"].AsFlag());
                camera.clearFlags = (CameraClearFlags)body["m_ClearFlags"].AsInteger();
                camera.backgroundColor = FieldReader.Color(body["m_BackGroundColor"]);
                camera.nearClipPlane = body.Float("near clip plane");
                camera.farClipPlane = body.Float("far clip plane");
                camera.fieldOfView = body.Float("field of view");
                camera.orthographic = body["orthographic"].AsFlag();
                camera.orthographicSize = body.Float("orthographic size");
                camera.depth = body.Float("m_Depth");
                break;
            case MeshFilter filter:
                filter.sharedMesh = (Mesh)Resolve(body["m_Mesh"])!;
                break;
            case LineRenderer line:
                FillLine(body, line);
                break;
            case Renderer renderer:
                FillRenderer(body, renderer);
                break;
            case TextMesh text:
                FillText(body, text);
                break;
            case Material material:
                FillMaterial(body, material);
                break;
        }
    }

    private void FillRenderer(YamlNode body, Renderer renderer)
    {
        renderer.enabled = body["m_Enabled"].AsFlag();
        renderer.sortingOrder = (int)(body.Find("m_SortingOrder")?.AsInteger() ?? 0);
        renderer.sharedMaterials = body["m_Materials"].AsList().Select(reference => (Material)Resolve(reference)!).ToArray();
    }

    private void FillLine(YamlNode body, LineRenderer line)
    {
        FillRenderer(body, line);
        Vector3[] positions = body["m_Positions"].AsList().Select(FieldReader.Vector).ToArray();
        line.positionCount = positions.Length;
        line.SetPositions(positions);
        line.useWorldSpace = body["m_UseWorldSpace"].AsFlag();
        line.loop = body["m_Loop"].AsFlag();
        YamlNode form = body["m_Parameters"];
        line.widthCurve = FieldReader.Curve(form["widthCurve"]);
        line.widthMultiplier = form.Float("widthMultiplier");
        line.colorGradient = FieldReader.Gradient(form["colorGradient"]);
        line.numCornerVertices = (int)form["numCornerVertices"].AsInteger();
        line.numCapVertices = (int)form["numCapVertices"].AsInteger();
    }

    private static void FillText(YamlNode body, TextMesh text)
    {
        text.text = body["m_Text"].AsText();
        text.characterSize = body.Float("m_CharacterSize");
        text.lineSpacing = body.Float("m_LineSpacing");
        text.offsetZ = body.Float("m_OffsetZ");
        text.anchor = (TextAnchor)body["m_Anchor"].AsInteger();
        text.alignment = (TextAlignment)body["m_Alignment"].AsInteger();
        text.fontSize = (int)body["m_FontSize"].AsInteger();
        text.color = FieldReader.Color(body["m_Color"]);
    }

    private static void FillMaterial(YamlNode body, Material material)
    {
        material.Rename(body["m_Name"].AsText());
        foreach (YamlNode entry in body["m_SavedProperties"]["m_Colors"].AsList())
        {
            foreach ((string name, YamlNode value) in entry.Entries ?? []) material.SetColor(name, FieldReader.Color(value));
        }
    }

    private void Adopt(YamlNode body, Transform transform)
    {
        foreach (YamlNode reference in body["m_Children"].AsList())
        {
            if (Resolve(reference) is not Transform child) throw reference.Error("expected a Transform");
            child.Attach(transform);
        }
    }

    private Object? Resolve(YamlNode reference)
    {
        if (reference.Find("guid") != null) return _file.Assets.Asset(reference);
        if (IsNone(reference)) return null;
        long id = reference["fileID"].AsInteger();
        if (_made.TryGetValue(id, out Object? made)) return made;
        throw reference.Error(_file.Objects.ContainsKey(id) ? $"&{id} is a component that is left out here" : $"there is no object &{id}");
    }

    private static bool IsNone(YamlNode reference) => reference["fileID"].AsInteger() == 0 && reference.Find("guid") == null;
}
