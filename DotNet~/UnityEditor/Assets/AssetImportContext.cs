using System;
using System.Collections.Generic;
using System.Linq;
using UnityEngine;

namespace UnityEditor.AssetImporters;

public class AssetImportContext
{
    private readonly List<(string Identifier, UnityEngine.Object Object, Texture2D Thumbnail)> _objects = new();

    internal AssetImportContext(string path) => assetPath = path;

    public string assetPath { get; }

    public UnityEngine.Object mainObject { get; private set; }

    /// <summary>What the importer said, errors and warnings, in order.</summary>
    internal List<(LogType Type, string Message)> Log { get; } = new();

    internal List<string> Dependencies { get; } = new();

    public void AddObjectToAsset(string identifier, UnityEngine.Object obj) => AddObjectToAsset(identifier, obj, null);

    public void AddObjectToAsset(string identifier, UnityEngine.Object obj, Texture2D thumbnail)
    {
        if (obj == null) throw new ArgumentNullException(nameof(obj), "Cannot add a null object");
        if (_objects.Exists(known => known.Identifier == identifier)) throw new ArgumentException($"The identifier '{identifier}' is used twice.");
        _objects.Add((identifier, obj, thumbnail));
    }

    public void SetMainObject(UnityEngine.Object obj)
    {
        if (!_objects.Exists(known => known.Object == obj)) throw new InvalidOperationException("Before an object can be set as main, it must first be added using AddObjectToAsset.");
        mainObject = obj;
    }

    public void GetObjects(List<UnityEngine.Object> objects) => objects.AddRange(_objects.Select(known => known.Object));

    public void DependsOnSourceAsset(string path) => Dependencies.Add(path);

    public void LogImportError(string msg, UnityEngine.Object obj = null)
    {
        Log.Add((LogType.Error, msg));
        Debug.LogError(msg, obj);
    }

    public void LogImportWarning(string msg, UnityEngine.Object obj = null)
    {
        Log.Add((LogType.Warning, msg));
        Debug.LogWarning(msg, obj);
    }

    internal string IdentifierOf(UnityEngine.Object obj) => _objects.Find(known => known.Object == obj).Identifier;

    internal Texture2D ThumbnailOf(UnityEngine.Object obj) => _objects.Find(known => known.Object == obj).Thumbnail;
}
