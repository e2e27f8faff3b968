using UnityEngine;

namespace UnityEditor;

internal interface IPreviewable
{
    public void Initialize(UnityEngine.Object[] targets);

    public void Cleanup();

    public bool HasPreviewGUI();

    public GUIContent GetPreviewTitle();

    public string GetInfoString();
}
