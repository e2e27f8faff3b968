using System;
using UnityEngine;
using UnityEngine.UIElements;

namespace UnityEditor;

/// <summary>An inspector over one object or several.</summary>
public class Editor : ScriptableObject, IPreviewable
{
    private UnityEngine.Object[] _targets = Array.Empty<UnityEngine.Object>();
    private SerializedObject _serialized;

    public UnityEngine.Object target
    {
        get => _targets.Length > 0 ? _targets[0] : null;
        set => _targets = new[] { value };
    }

    public UnityEngine.Object[] targets => _targets;

    public SerializedObject serializedObject => _serialized ??= new SerializedObject(_targets);

    public bool hasUnsavedChanges { get; protected set; }

    /// <summary>How often it asked to be drawn.</summary>
    internal int Repaints { get; private set; }

    public static Editor CreateEditor(UnityEngine.Object targetObject) => CreateEditor(new[] { targetObject }, null);

    public static Editor CreateEditor(UnityEngine.Object targetObject, Type editorType) => CreateEditor(new[] { targetObject }, editorType);

    public static Editor CreateEditor(UnityEngine.Object[] targetObjects) => CreateEditor(targetObjects, null);

    public static Editor CreateEditor(UnityEngine.Object[] targetObjects, Type editorType)
    {
        var editor = World.Construct<Editor>(editorType ?? EditorTypes.For(targetObjects[0].GetType()));
        editor._targets = targetObjects;
        (editor as AssetImporters.AssetImporterEditor)?.FindAssets();
        World.Current.Assets.Add(editor);
        editor.Wake();
        return editor;
    }

    public static void CreateCachedEditor(UnityEngine.Object targetObject, Type editorType, ref Editor previousEditor)
    {
        if (previousEditor != null && previousEditor.target == targetObject && (editorType == null || previousEditor.GetType() == editorType)) return;
        if (previousEditor != null) DestroyImmediate(previousEditor);
        previousEditor = CreateEditor(targetObject, editorType);
    }

    public virtual VisualElement CreateInspectorGUI() => null;

    public virtual void OnInspectorGUI()
    {
    }

    public bool DrawDefaultInspector() => false;

    public void Repaint() => Repaints++;

    public virtual bool RequiresConstantRepaint() => false;

    public virtual bool UseDefaultMargins() => true;

    public void Initialize(UnityEngine.Object[] targets) => _targets = targets;

    public void Cleanup()
    {
    }

    public virtual bool HasPreviewGUI() => false;

    public virtual GUIContent GetPreviewTitle() => new(target != null ? target.name : "");

    public virtual string GetInfoString() => "";

    public virtual void OnPreviewGUI(Rect r, GUIStyle background)
    {
    }

    public virtual Texture2D RenderStaticPreview(string assetPath, UnityEngine.Object[] subAssets, int width, int height) => null;
}
