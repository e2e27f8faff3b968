namespace UnityEngine;

public sealed class MeshFilter : Component
{
    private Mesh? _mesh;
    private bool _isOwn;

    public Mesh sharedMesh
    {
        get => _mesh!;
        set => (_mesh, _isOwn) = (value, false);
    }

    /// <summary>The shared mesh, after a copy of its own was made of it.</summary>
    public Mesh mesh
    {
        get
        {
            if (!_isOwn) _mesh = _mesh == null ? new Mesh() : _mesh.Copy();
            _isOwn = true;
            return _mesh!;
        }
        set => (_mesh, _isOwn) = (value, true);
    }
}
