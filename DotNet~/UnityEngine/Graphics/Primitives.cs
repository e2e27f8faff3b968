using System;
using System.Collections.Generic;

namespace UnityEngine;

/// <summary>The built-in meshes, by their sizes: cube and quad of side 1, sphere and cylinder of diameter 1 (height 2), plane of side 10.</summary>
internal static class Primitives
{
    private static readonly Dictionary<PrimitiveType, Mesh> s_made = new();

    public static Mesh Of(PrimitiveType type)
    {
        if (!s_made.TryGetValue(type, out Mesh? mesh) || mesh == null) s_made[type] = mesh = Make(type);
        return mesh;
    }

    private static Mesh Make(PrimitiveType type)
    {
        (Vector3[] vertices, int[] triangles) = type switch
        {
            PrimitiveType.Quad => Grid(Vector3.right, Vector3.up, 1F),
            PrimitiveType.Plane => Grid(Vector3.right, Vector3.forward, 10F),
            PrimitiveType.Cube => Cube(),
            PrimitiveType.Sphere => Turned(12, t => (0.5F * Mathf.Sin(Mathf.PI * t), -0.5F * Mathf.Cos(Mathf.PI * t))),
            PrimitiveType.Cylinder => Turned(3, t => (t <= 0F || t >= 1F ? 0F : 0.5F, t < 0.5F ? -1F : 1F)),
            PrimitiveType.Capsule => Turned(13, t => (0.5F * Mathf.Sin(Mathf.PI * t), -0.5F * Mathf.Cos(Mathf.PI * t) + (t < 0.5F ? -0.5F : 0.5F))),
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
        var mesh = new Mesh { name = type.ToString(), vertices = vertices, triangles = triangles };
        mesh.RecalculateNormals();
        return mesh;
    }

    // Seen from where x cross y points away from: clockwise is the front.
    private static (Vector3[], int[]) Grid(Vector3 x, Vector3 y, float side) =>
        (new[] { (-x - y) * side / 2F, (x - y) * side / 2F, (-x + y) * side / 2F, (x + y) * side / 2F }, new[] { 0, 2, 1, 2, 3, 1 });

    private static (Vector3[], int[]) Cube()
    {
        var vertices = new List<Vector3>();
        var triangles = new List<int>();
        foreach (Vector3 outside in new[] { Vector3.right, Vector3.left, Vector3.up, Vector3.down, Vector3.forward, Vector3.back })
        {
            Vector3 x = Mathf.Abs(outside.y) > 0.5F ? Vector3.right : Vector3.Cross(Vector3.up, -outside), y = Vector3.Cross(-outside, x);
            (Vector3[] corners, int[] face) = Grid(x, y, 1F);
            foreach (int corner in face) triangles.Add(vertices.Count + corner);
            foreach (Vector3 corner in corners) vertices.Add(corner + outside / 2F);
        }

        return (vertices.ToArray(), triangles.ToArray());
    }

    // A profile of (radius, height) from below turned about y.
    private static (Vector3[], int[]) Turned(int rings, Func<float, (float Radius, float Height)> profile)
    {
        const int Sides = 24;
        var vertices = new List<Vector3>();
        var triangles = new List<int>();
        for (int ring = 0; ring <= rings; ring++)
        {
            (float radius, float height) = profile((float)ring / rings);
            for (int side = 0; side <= Sides; side++)
            {
                float angle = 2F * Mathf.PI * side / Sides;
                vertices.Add(new Vector3(radius * Mathf.Cos(angle), height, radius * Mathf.Sin(angle)));
                if (ring == rings || side == Sides) continue;
                int at = ring * (Sides + 1) + side, above = at + Sides + 1;
                triangles.AddRange(new[] { at, above, at + 1, at + 1, above, above + 1 });
            }
        }

        return (vertices.ToArray(), triangles.ToArray());
    }
}
