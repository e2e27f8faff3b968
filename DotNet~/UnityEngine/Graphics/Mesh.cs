using System;
using System.Collections.Generic;
using UnityEngine.Rendering;

namespace UnityEngine
{
    public enum MeshTopology
    {
        Triangles = 0,
        Quads = 2,
        Lines = 3,
        LineStrip = 4,
        Points = 5,
    }

    public sealed class Mesh : Object
    {
        private readonly Channel<Vector3> _vertices = new(), _normals = new();
        private readonly Channel<Vector2> _uv = new();
        private readonly Channel<Color32> _colors = new();
        private readonly List<Channel<int>> _indices = new() { new Channel<int>() };
        private int[] _scratch = Array.Empty<int>();
        private readonly List<MeshTopology> _topologies = new() { MeshTopology.Triangles };

        public IndexFormat indexFormat { get; set; }

        public int vertexCount => _vertices.Count;

        public Bounds bounds { get; set; }

        public int subMeshCount
        {
            get => _indices.Count;
            set
            {
                while (_indices.Count > value) _indices.RemoveAt(_indices.Count - 1);
                while (_indices.Count < value) _indices.Add(new Channel<int>());
                while (_topologies.Count < value) _topologies.Add(MeshTopology.Triangles);
            }
        }

        public Vector3[] vertices
        {
            get => _vertices.ToArray();
            set => SetVertices(value);
        }

        public Vector3[] normals
        {
            get => _normals.ToArray();
            set => SetNormals(value);
        }

        public Vector2[] uv
        {
            get => _uv.ToArray();
            set => SetUVs(0, value);
        }

        public Color[] colors
        {
            get => Array.ConvertAll(_colors.ToArray(), color => (Color)color);
            set => SetColors(value);
        }

        public Color32[] colors32
        {
            get => _colors.ToArray();
            set => SetColors(value);
        }

        public int[] triangles
        {
            get => _indices[0].ToArray();
            set
            {
                subMeshCount = 1;
                SetTriangles(value, 0);
            }
        }

        internal ReadOnlySpan<Vector3> VertexSpan => _vertices.Span;

        internal ReadOnlySpan<Color32> ColorSpan => _colors.Span;

        internal ReadOnlySpan<Vector2> UvSpan => _uv.Span;

        public void Clear() => Clear(true);

        public void Clear(bool keepVertexLayout)
        {
            _vertices.Count = _normals.Count = _uv.Count = _colors.Count = 0;
            subMeshCount = 1;
            _indices[0].Count = 0;
            bounds = default;
        }

        public void MarkDynamic()
        {
        }

        public void UploadMeshData(bool markNoLongerReadable)
        {
        }

        public void SetVertices(Vector3[] inVertices) => SetVertices(inVertices, 0, inVertices.Length);

        public void SetVertices(Vector3[] inVertices, int start, int length)
        {
            _vertices.Set(inVertices.AsSpan(start, length));
            Limit();
        }

        public void SetVertices(List<Vector3> inVertices)
        {
            _vertices.Set(inVertices);
            Limit();
        }

        public void SetNormals(Vector3[] inNormals) => _normals.Set(Checked(inNormals, 0, inNormals.Length, "normals"));

        public void SetNormals(List<Vector3> inNormals) => _normals.Set(inNormals);

        public void SetColors(Color32[] inColors) => SetColors(inColors, 0, inColors.Length);

        public void SetColors(Color32[] inColors, int start, int length) => _colors.Set(Checked(inColors, start, length, "colors"));

        public void SetColors(List<Color32> inColors) => _colors.Set(inColors);

        public void SetColors(Color[] inColors)
        {
            ReadOnlySpan<Color> colors = Checked(inColors, 0, inColors.Length, "colors");
            Span<Color32> bytes = _colors.Resize(colors.Length);
            for (int i = 0; i < bytes.Length; i++) bytes[i] = colors[i];
        }

        public void SetUVs(int channel, Vector2[] uvs)
        {
            if (channel == 0) _uv.Set(Checked(uvs, 0, uvs.Length, "uv"));
        }

        public void SetUVs(int channel, List<Vector2> uvs)
        {
            if (channel == 0) _uv.Set(uvs);
        }

        public void SetTriangles(int[] triangles, int submesh) => SetIndices(triangles, MeshTopology.Triangles, submesh);

        public void SetTriangles(int[] triangles, int trianglesStart, int trianglesLength, int submesh, bool calculateBounds = true, int baseVertex = 0) =>
            SetIndices(triangles, trianglesStart, trianglesLength, MeshTopology.Triangles, submesh, calculateBounds, baseVertex);

        public void SetTriangles(List<int> triangles, int submesh)
        {
            if (_scratch.Length < triangles.Count) _scratch = new int[triangles.Count];
            triangles.CopyTo(_scratch);
            SetIndices(_scratch, 0, triangles.Count, MeshTopology.Triangles, submesh);
        }

        public void SetIndices(int[] indices, MeshTopology topology, int submesh) => SetIndices(indices, 0, indices.Length, topology, submesh);

        public void SetIndices(int[] indices, int indicesStart, int indicesLength, MeshTopology topology, int submesh, bool calculateBounds = true, int baseVertex = 0)
        {
            if (submesh < 0 || submesh >= subMeshCount)
            {
                Debug.LogError($"Failed setting triangles. Submesh index is out of bounds. Submesh {submesh} of {subMeshCount}.");
                return;
            }

            for (int i = indicesStart; i < indicesStart + indicesLength; i++)
            {
                if ((uint)(indices[i] + baseVertex) < (uint)vertexCount) continue;
                Debug.LogError("Failed setting triangles. Some indices are referencing out of bounds vertices. "
                    + $"IndexCount: {indicesLength}, VertexCount: {vertexCount}");
                return;
            }

            _topologies[submesh] = topology;
            _indices[submesh].Set(indices.AsSpan(indicesStart, indicesLength));
            if (baseVertex != 0) foreach (ref int index in _indices[submesh].Writable) index += baseVertex;
            if (calculateBounds) RecalculateBounds();
        }

        public int[] GetTriangles(int submesh) => _indices[submesh].ToArray();

        public int[] GetIndices(int submesh) => _indices[submesh].ToArray();

        public MeshTopology GetTopology(int submesh) => _topologies[submesh];

        public uint GetIndexCount(int submesh) => (uint)_indices[submesh].Count;

        public void RecalculateBounds()
        {
            if (vertexCount == 0)
            {
                bounds = default;
                return;
            }

            Vector3 min = VertexSpan[0], max = min;
            foreach (Vector3 vertex in VertexSpan)
            {
                min = Vector3.Min(min, vertex);
                max = Vector3.Max(max, vertex);
            }

            var found = new Bounds();
            found.SetMinMax(min, max);
            bounds = found;
        }

        public void RecalculateNormals()
        {
            var normals = new Vector3[vertexCount];
            foreach (Channel<int> triangles in _indices)
            {
                ReadOnlySpan<int> corners = triangles.Span;
                for (int i = 0; i + 2 < corners.Length; i += 3)
                {
                    Vector3 a = VertexSpan[corners[i]], b = VertexSpan[corners[i + 1]], c = VertexSpan[corners[i + 2]];
                    Vector3 normal = Vector3.Cross(b - a, c - a);
                    for (int k = 0; k < 3; k++) normals[corners[i + k]] += normal;
                }
            }

            for (int i = 0; i < normals.Length; i++) normals[i].Normalize();
            SetNormals(normals);
        }

        internal ReadOnlySpan<int> IndexSpan(int submesh) => _indices[submesh].Span;

        internal Mesh Copy()
        {
            var copy = new Mesh { name = name + " Instance", indexFormat = indexFormat, bounds = bounds, subMeshCount = subMeshCount };
            copy._vertices.Set(_vertices.Span);
            copy._normals.Set(_normals.Span);
            copy._uv.Set(_uv.Span);
            copy._colors.Set(_colors.Span);
            for (int i = 0; i < subMeshCount; i++)
            {
                copy._indices[i].Set(_indices[i].Span);
                copy._topologies[i] = _topologies[i];
            }

            return copy;
        }

        private ReadOnlySpan<T> Checked<T>(T[] values, int start, int length, string channel)
        {
            if (length == 0 || length == vertexCount) return values.AsSpan(start, length);
            Debug.LogError($"Mesh.{channel} is out of bounds. The supplied array needs to be the same size as the Mesh.vertices array.");
            return default;
        }

        // 16 bits count to 65,535.
        private void Limit()
        {
            if (vertexCount > 65535 && indexFormat == IndexFormat.UInt16)
                Debug.LogWarning("Mesh: more than 65535 vertices need indexFormat UInt32.");
        }

        private sealed class Channel<T>
        {
            private T[] _values = Array.Empty<T>();

            public int Count { get; set; }

            public ReadOnlySpan<T> Span => _values.AsSpan(0, Count);

            public Span<T> Writable => _values.AsSpan(0, Count);

            public T[] ToArray() => Span.ToArray();

            public Span<T> Resize(int count)
            {
                if (_values.Length < count) _values = new T[count];
                Count = count;
                return Writable;
            }

            public void Set(ReadOnlySpan<T> values) => values.CopyTo(Resize(values.Length));

            public void Set(List<T> values)
            {
                Resize(values.Count);
                values.CopyTo(_values);
            }
        }
    }
}

namespace UnityEngine.Rendering
{
    public enum IndexFormat
    {
        UInt16 = 0,
        UInt32 = 1,
    }

    public enum ShadowCastingMode
    {
        Off = 0,
        On = 1,
        TwoSided = 2,
        ShadowsOnly = 3,
    }
}
