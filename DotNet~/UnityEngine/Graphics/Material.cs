using System;
using System.Collections.Generic;

namespace UnityEngine;

public class Material : Object
{
    private static readonly int s_color = Shader.PropertyToID("_Color"), s_baseColor = Shader.PropertyToID("_BaseColor"), s_mainTex = Shader.PropertyToID("_MainTex");

    private static Material? s_default;

    private readonly Dictionary<int, Color> _colors = new();
    private readonly Dictionary<int, float> _floats = new();
    private readonly Dictionary<int, Texture?> _textures = new();

    public Material(Shader shader)
    {
        if (shader == null) throw new ArgumentNullException(nameof(shader));
        this.shader = shader;
    }

    public Material(Material source) : this(source.shader)
    {
        CopyPropertiesFromMaterial(source);
        name = source.name;
    }

    public Shader shader { get; set; }

    public int renderQueue { get; set; } = 2000;

    public bool enableInstancing { get; set; }

    public Color color
    {
        get => GetColor(s_color);
        set => SetColor(s_color, value);
    }

    public Texture mainTexture
    {
        get => GetTexture(s_mainTex);
        set => SetTexture(s_mainTex, value);
    }

    internal static Material Default => s_default ??= new Material(Shader.Find("Standard")) { name = "Default-Material" };

    /// <summary>A renderer's own copy.</summary>
    internal bool IsInstance { get; set; }

    public void CopyPropertiesFromMaterial(Material mat)
    {
        foreach (KeyValuePair<int, Color> entry in mat._colors) _colors[entry.Key] = entry.Value;
        foreach (KeyValuePair<int, float> entry in mat._floats) _floats[entry.Key] = entry.Value;
        foreach (KeyValuePair<int, Texture?> entry in mat._textures) _textures[entry.Key] = entry.Value;
    }

    // Every shader known here has a colour and a main texture, in the names of the built-in pipeline.
    public bool HasProperty(int nameID) => nameID == s_color || nameID == s_mainTex || _colors.ContainsKey(nameID) || _floats.ContainsKey(nameID) || _textures.ContainsKey(nameID);

    public bool HasProperty(string name) => HasProperty(Shader.PropertyToID(name));

    public void SetColor(string name, Color value) => SetColor(Shader.PropertyToID(name), value);

    public void SetColor(int nameID, Color value) => _colors[nameID] = value;

    public Color GetColor(string name) => GetColor(Shader.PropertyToID(name));

    public Color GetColor(int nameID) => _colors.TryGetValue(nameID, out Color color) ? color : Color.white;

    public void SetFloat(string name, float value) => SetFloat(Shader.PropertyToID(name), value);

    public void SetFloat(int nameID, float value) => _floats[nameID] = value;

    public float GetFloat(string name) => GetFloat(Shader.PropertyToID(name));

    public float GetFloat(int nameID) => _floats.TryGetValue(nameID, out float value) ? value : 0F;

    public void SetTexture(string name, Texture? value) => SetTexture(Shader.PropertyToID(name), value);

    public void SetTexture(int nameID, Texture? value) => _textures[nameID] = value;

    public Texture GetTexture(string name) => GetTexture(Shader.PropertyToID(name));

    public Texture GetTexture(int nameID) => _textures.TryGetValue(nameID, out Texture? texture) ? texture! : null!;

    /// <summary>What it is drawn in: the colour of either pipeline's name.</summary>
    internal Color Drawn => _colors.TryGetValue(s_color, out Color color) || _colors.TryGetValue(s_baseColor, out color) ? color : Color.white;
}
