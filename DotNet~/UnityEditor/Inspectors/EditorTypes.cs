using System;
using System.Linq;
using System.Reflection;

namespace UnityEditor;

/// <summary>Which inspector is for a type: the loaded class that says so, the nearest base first.</summary>
internal static class EditorTypes
{
    public static Type For(Type inspected)
    {
        (Type Editor, CustomEditor Mark)[] known = Loaded.Types().Where(type => typeof(Editor).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (type, type.GetCustomAttribute<CustomEditor>())).Where(entry => entry.Item2 != null).ToArray();
        for (Type place = inspected; place != null; place = place.BaseType)
        {
            Type found = known.Where(entry => entry.Mark.InspectedType == place && (place == inspected || entry.Mark.ForChildren)).OrderBy(entry => entry.Mark.isFallback).Select(entry => entry.Editor).FirstOrDefault();
            if (found != null) return found;
        }

        return typeof(AssetImporter).IsAssignableFrom(inspected) ? typeof(AssetImporters.ScriptedImporterEditor) : typeof(GenericInspector);
    }
}
