namespace UnityEngine;

public class MeshRenderer : Renderer
{
    internal override Bounds WorldBounds()
    {
        Mesh? mesh = Owner.GetComponent<MeshFilter>() is { } filter ? filter.sharedMesh : null;
        if (mesh == null) return base.WorldBounds();
        Matrix4x4 place = transform.localToWorldMatrix;
        Bounds local = mesh.bounds;
        var bounds = new Bounds(place.MultiplyPoint3x4(local.center), Vector3.zero);
        for (int corner = 0; corner < 8; corner++)
        {
            var sign = new Vector3((corner & 1) * 2 - 1, (corner & 2) - 1, (corner & 4) / 2 - 1);
            bounds.Encapsulate(place.MultiplyPoint3x4(local.center + Vector3.Scale(sign, local.extents)));
        }

        return bounds;
    }
}
