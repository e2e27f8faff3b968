using System.Collections.Generic;

namespace UnityEngine;

public sealed class Shader : Object
{
    // What every project of the built-in pipeline has. In the universal pipeline these are there too, but most are drawn in pink.
    private static readonly string[] s_builtIn = { "Standard", "Sprites/Default", "Unlit/Color", "Unlit/Texture", "Unlit/Transparent", "UI/Default", "GUI/Text Shader", "Hidden/Internal-Colored" };

    private static readonly Dictionary<string, int> s_properties = new();
    private static readonly Dictionary<string, Shader> s_found = new();

    private Shader()
    {
    }

    public bool isSupported => true;

    public static Shader Find(string name)
    {
        MainThread.Require("Find");
        if (System.Array.IndexOf(s_builtIn, name) < 0) return null!;
        if (!s_found.TryGetValue(name, out Shader? shader)) s_found[name] = shader = new Shader { name = name };
        return shader;
    }

    public static int PropertyToID(string name)
    {
        lock (s_properties)
        {
            if (!s_properties.TryGetValue(name, out int id)) s_properties[name] = id = s_properties.Count + 1;
            return id;
        }
    }
}
