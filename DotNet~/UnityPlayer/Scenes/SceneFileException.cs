using System.IO;

namespace UnityPlayer;

/// <summary>A scene, prefab or asset that cannot be read, or that names what is not there.</summary>
public sealed class SceneFileException : IOException
{
    public SceneFileException(string path, int line, string reason) : base($"{path}({line}): {reason}") => (Path, Line, Reason) = (path, line, reason);

    public string Path { get; }

    public int Line { get; }

    public string Reason { get; }
}
