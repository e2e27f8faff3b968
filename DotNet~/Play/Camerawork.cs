using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Diagnostics;
using UnityEngine;
using Object = UnityEngine.Object;

namespace Play;

/// <summary>
/// Draws what the cameras see on a canvas: meshes with a depth buffer and one light from above, lines as wide as they are in the world, and text.
/// Lines and text lie over the meshes, in sorting order and then from far to near. No shadows, no textures but a material's colour.
/// </summary>
internal sealed class Camerawork
{
    // Pixels to a side of one of the canvas, for smooth edges.
    private const int Fine = 3;

    private static readonly Vector3 Light = new Vector3(0.4f, 0.8f, -0.45f).normalized;

    private readonly StateCanvas _canvas;
    private readonly uint[] _pixels;
    private readonly float[] _depths;
    private readonly int _width, _height;

    public Camerawork(StateCanvas canvas)
    {
        _canvas = canvas;
        _width = canvas.Width * Fine;
        _height = canvas.Height * Fine;
        _pixels = new uint[_width * _height];
        _depths = new float[_width * _height];
    }

    public void Draw()
    {
        _canvas.Clear(new Rgba(0, 0, 0));
        foreach (Camera camera in Object.FindObjectsByType<Camera>(FindObjectsSortMode.InstanceID).Where(camera => camera.isActiveAndEnabled).OrderBy(camera => camera.depth)) Draw(camera);
    }

    private void Draw(Camera camera)
    {
        if (camera.clearFlags is CameraClearFlags.Skybox or CameraClearFlags.SolidColor) _canvas.Clear(Packed(camera.backgroundColor, 1f));
        Renderer[] seen = Object.FindObjectsByType<Renderer>(FindObjectsSortMode.InstanceID)
            .Where(renderer => renderer.isVisible && (camera.cullingMask & 1 << renderer.Owner.layer) != 0).ToArray();
        Matrix4x4 view = camera.worldToCameraMatrix, clip = camera.projectionMatrix * view;
        DrawMeshes(camera, clip, seen.OfType<MeshRenderer>());
        foreach (Renderer renderer in seen.OrderBy(renderer => renderer.sortingOrder).ThenBy(renderer => view.MultiplyPoint3x4(renderer.bounds.center).z))
        {
            if (renderer is LineRenderer line) DrawLine(camera, line);
            else if (renderer.Owner.GetComponent<TextMesh>() is { } text) DrawText(camera, text);
        }
    }

    private void DrawMeshes(Camera camera, Matrix4x4 clip, IEnumerable<MeshRenderer> renderers)
    {
        Array.Fill(_depths, float.PositiveInfinity);
        foreach (MeshRenderer renderer in renderers)
        {
            if (renderer.Owner.GetComponent<MeshFilter>() is not { } filter || filter.sharedMesh == null) continue;
            DrawMesh(camera, clip, renderer, filter.sharedMesh);
        }

        for (int y = 0; y < _canvas.Height; y++)
        {
            for (int x = 0; x < _canvas.Width; x++) Merge(x, y);
        }

        Array.Clear(_pixels);
    }

    private void DrawMesh(Camera camera, Matrix4x4 clip, MeshRenderer renderer, Mesh mesh)
    {
        Matrix4x4 place = renderer.transform.localToWorldMatrix;
        ReadOnlySpan<Vector3> vertices = mesh.VertexSpan;
        ReadOnlySpan<Color32> colors = mesh.ColorSpan;
        var world = new Vector3[vertices.Length];
        var screen = new Vector3[vertices.Length];
        for (int i = 0; i < vertices.Length; i++)
        {
            world[i] = place.MultiplyPoint3x4(vertices[i]);
            Vector4 point = clip * new Vector4(world[i].x, world[i].y, world[i].z, 1f);
            screen[i] = point.w <= 0f ? new Vector3(float.NaN, 0f, 0f)
                : new Vector3((point.x / point.w * 0.5f + 0.5f) * _width, (0.5f - point.y / point.w * 0.5f) * _height, point.z / point.w);
        }

        for (int part = 0; part < mesh.subMeshCount; part++)
        {
            Material[] materials = renderer.sharedMaterials;
            Material? material = materials.Length == 0 ? null : materials[Math.Min(part, materials.Length - 1)];
            if (material == null || mesh.GetTopology(part) != MeshTopology.Triangles) continue;
            bool isLit = material.shader.name == "Standard";
            ReadOnlySpan<int> corners = mesh.IndexSpan(part);
            for (int i = 0; i + 2 < corners.Length; i += 3)
            {
                int a = corners[i], b = corners[i + 1], c = corners[i + 2];
                Color color = material.Drawn;
                if (!isLit && colors.Length > 0) color *= (Color)colors[a];
                if (isLit)
                {
                    Vector3 normal = Vector3.Cross(world[b] - world[a], world[c] - world[a]).normalized;
                    if (Vector3.Dot(normal, (camera.orthographic ? -camera.transform.forward : camera.transform.position - world[a])) < 0f) continue;
                    color *= new Color(1f, 1f, 1f) * (0.45f + 0.55f * Mathf.Max(0f, Vector3.Dot(normal, Light)));
                    color.a = material.Drawn.a;
                }

                Fill(screen[a], screen[b], screen[c], Packed(color, color.a));
            }
        }
    }

    private void Fill(Vector3 a, Vector3 b, Vector3 c, Rgba color)
    {
        if (float.IsNaN(a.x + b.x + c.x) || color.A == 0) return;
        float area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        if (area == 0f) return;
        int left = Math.Max(0, (int)Mathf.Min(a.x, Mathf.Min(b.x, c.x))), right = Math.Min(_width - 1, (int)Mathf.Max(a.x, Mathf.Max(b.x, c.x)));
        int top = Math.Max(0, (int)Mathf.Min(a.y, Mathf.Min(b.y, c.y))), bottom = Math.Min(_height - 1, (int)Mathf.Max(a.y, Mathf.Max(b.y, c.y)));
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                float px = x + 0.5f, py = y + 0.5f;
                float u = ((b.x - px) * (c.y - py) - (b.y - py) * (c.x - px)) / area, v = ((c.x - px) * (a.y - py) - (c.y - py) * (a.x - px)) / area, w = 1f - u - v;
                if (u < 0f || v < 0f || w < 0f) continue;
                float depth = u * a.z + v * b.z + w * c.z;
                int at = y * _width + x;
                if (depth < -1f || depth > 1f || depth > _depths[at]) continue;
                if (color.A == 255)
                {
                    _depths[at] = depth;
                    _pixels[at] = color.Packed;
                }
                else _pixels[at] = new Rgba(_pixels[at]).Mix(new Rgba(color.R, color.G, color.B), color.A / 255f).Packed | (_pixels[at] == 0 ? (uint)color.A << 24 : 0xFF000000u);
            }
        }
    }

    private void Merge(int x, int y)
    {
        int red = 0, green = 0, blue = 0, alpha = 0;
        for (int k = 0; k < Fine * Fine; k++)
        {
            var pixel = new Rgba(_pixels[(y * Fine + k / Fine) * _width + x * Fine + k % Fine]);
            red += pixel.R * pixel.A;
            green += pixel.G * pixel.A;
            blue += pixel.B * pixel.A;
            alpha += pixel.A;
        }

        if (alpha == 0) return;
        _canvas.FillRect(new PixelRect(x, y, 1, 1), new Rgba((byte)(red / alpha), (byte)(green / alpha), (byte)(blue / alpha), (byte)(alpha / (Fine * Fine))));
    }

    private void DrawLine(Camera camera, LineRenderer line)
    {
        int count = line.positionCount;
        if (count < 2) return;
        Color tint = line.sharedMaterial == null ? Color.magenta : line.sharedMaterial.Drawn;
        int pieces = line.loop ? count : count - 1;
        float total = 0f, done = 0f;
        for (int i = 0; i < pieces; i++) total += Vector3.Distance(line.At(i), line.At((i + 1) % count));

        var strokes = new List<Stroke>(pieces);
        for (int i = 0; i < pieces; i++)
        {
            Vector3 from = line.At(i), to = line.At((i + 1) % count);
            float length = Vector3.Distance(from, to), share = total == 0f ? 0f : (done + length / 2f) / total;
            done += length;
            Vector3 a = camera.WorldToViewportPoint(from), b = camera.WorldToViewportPoint(to);
            if (a.z <= 0f || b.z <= 0f) continue;
            Color color = line.ColorAt(share) * tint;
            strokes.Add(new Stroke(a.x * _canvas.Width, (1f - a.y) * _canvas.Height, b.x * _canvas.Width, (1f - b.y) * _canvas.Height,
                line.WidthAt(share) * PixelsPerUnit(camera, (a.z + b.z) / 2f), Packed(color, color.a)));
        }

        // The line is one layer, so that it does not darken at its joints.
        foreach (Stroke stroke in strokes) Cover(stroke);
        foreach (Stroke stroke in strokes) MergeAround(stroke);
    }

    // Everything within half a width of the stroke; the later stroke lies over the earlier.
    private void Cover(Stroke stroke)
    {
        float half = Mathf.Max(1f, stroke.Width) * 0.5f * Fine;
        Rgba color = stroke.Width < 1f ? stroke.Color.WithOpacity(stroke.Color.A / 255f * stroke.Width) : stroke.Color;
        if (color.A == 0) return;
        float x0 = stroke.X0 * Fine, y0 = stroke.Y0 * Fine, dx = stroke.X1 * Fine - x0, dy = stroke.Y1 * Fine - y0, squared = dx * dx + dy * dy;
        (int left, int top, int right, int bottom) = stroke.Area(_canvas.Width, _canvas.Height);
        for (int y = top * Fine; y < bottom * Fine; y++)
        {
            for (int x = left * Fine; x < right * Fine; x++)
            {
                float px = x + 0.5f - x0, py = y + 0.5f - y0, along = squared == 0f ? 0f : Mathf.Clamp01((px * dx + py * dy) / squared);
                float ex = px - along * dx, ey = py - along * dy;
                if (ex * ex + ey * ey <= half * half) _pixels[y * _width + x] = color.Packed;
            }
        }
    }

    // Merged once, then empty: neighbouring strokes share pixels.
    private void MergeAround(Stroke stroke)
    {
        (int left, int top, int right, int bottom) = stroke.Area(_canvas.Width, _canvas.Height);
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++) Merge(x, y);
            for (int row = y * Fine; row < (y + 1) * Fine && right > left; row++) _pixels.AsSpan(row * _width + left * Fine, (right - left) * Fine).Clear();
        }
    }

    private readonly record struct Stroke(float X0, float Y0, float X1, float Y1, float Width, Rgba Color)
    {
        /// <summary>The pixels that it may touch.</summary>
        public (int Left, int Top, int Right, int Bottom) Area(int width, int height)
        {
            float reach = Mathf.Max(1f, Width) * 0.5f + 1f;
            return (Math.Max(0, (int)Mathf.Clamp(Mathf.Min(X0, X1) - reach, 0f, width)), Math.Max(0, (int)Mathf.Clamp(Mathf.Min(Y0, Y1) - reach, 0f, height)),
                (int)Mathf.Clamp(Mathf.Max(X0, X1) + reach + 1f, 0f, width), (int)Mathf.Clamp(Mathf.Max(Y0, Y1) + reach + 1f, 0f, height));
        }
    }

    private void DrawText(Camera camera, TextMesh text)
    {
        Vector3 place = camera.WorldToViewportPoint(text.transform.position);
        if (place.z <= 0f || text.text.Length == 0) return;

        // A character of the engine's default size is as high as its size times 13 / 10 of a unit; the font here comes in whole steps.
        float high = text.characterSize * (text.fontSize == 0 ? 13 : text.fontSize) / 10f * text.transform.lossyScale.y * PixelsPerUnit(camera, place.z);
        BitmapFont font = BitmapFont.Get(Math.Clamp((int)Mathf.Round(high / 16f), 1, BitmapFont.MaxScale));
        string[] lines = text.text.Split('\n');
        int across = (int)text.anchor % 3, down = (int)text.anchor / 3, step = (int)(font.LineHeight * text.lineSpacing);
        float left = place.x * _canvas.Width, top = (1f - place.y) * _canvas.Height - down * 0.5f * ((lines.Length - 1) * step + font.CapHeight);
        int widest = lines.Max(line => font.Measure(line));
        float align = (int)text.alignment * 0.5f, begin = left - across * 0.5f * widest + align * widest;
        for (int i = 0; i < lines.Length; i++) _canvas.Text(font, lines[i], (int)begin, (int)top + i * step, Packed(text.color, text.color.a), align);
    }

    private float PixelsPerUnit(Camera camera, float distance) =>
        _canvas.Height / (2f * (camera.orthographic ? camera.orthographicSize : distance * Mathf.Tan(camera.fieldOfView * 0.5f * Mathf.Deg2Rad)));

    private static Rgba Packed(Color color, float opacity)
    {
        Color32 bytes = color;
        return new Rgba(bytes.r, bytes.g, bytes.b).WithOpacity(opacity);
    }
}
