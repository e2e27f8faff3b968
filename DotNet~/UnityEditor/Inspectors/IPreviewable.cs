using UnityEngine;

namespace UnityEditor;

public interface IPreviewable
{
    void Initialize(UnityEngine.Object[] targets);

    void Cleanup();

    bool HasPreviewGUI();

    GUIContent GetPreviewTitle();

    string GetInfoString();
}
