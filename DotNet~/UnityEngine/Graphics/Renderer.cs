using System;

namespace UnityEngine;

public class Renderer : Component
{
    private Material?[] _materials = new Material?[1];
    private Bounds? _bounds;

    public bool enabled { get; set; } = true;

    public int sortingOrder { get; set; }

    public int sortingLayerID { get; set; }

    public bool receiveShadows { get; set; } = true;

    public Rendering.ShadowCastingMode shadowCastingMode { get; set; } = Rendering.ShadowCastingMode.On;

    /// <summary>The shared material, after a copy of its own was made of it.</summary>
    public Material material
    {
        get
        {
            if (_materials.Length > 0 && _materials[0] is { } shared && !shared.IsInstance)
            {
                _materials[0] = new Material(shared) { name = shared.name + " (Instance)", IsInstance = true };
            }

            return sharedMaterial;
        }
        set => sharedMaterial = value;
    }

    public Material sharedMaterial
    {
        get => (_materials.Length > 0 ? _materials[0] : null)!;
        set
        {
            if (_materials.Length == 0) _materials = new Material?[1];
            _materials[0] = value;
        }
    }

    public Material[] sharedMaterials
    {
        get => (Material[])_materials.Clone();
        set => _materials = (Material?[])(value ?? throw new NullReferenceException("value is null")).Clone();
    }

    public bool isVisible => enabled && Owner.activeInHierarchy;

    public Bounds bounds
    {
        get => _bounds ?? WorldBounds();
        set => _bounds = value;
    }

    internal virtual Bounds WorldBounds() => new(transform.position, Vector3.zero);
}
