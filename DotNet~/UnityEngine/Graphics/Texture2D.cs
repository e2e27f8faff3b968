using System;
using System.Runtime.InteropServices;
using Unity.Collections;

namespace UnityEngine;

public enum TextureFormat
{
    Alpha8 = 1,
    RGB24 = 3,
    RGBA32 = 4,
    ARGB32 = 5,
    RFloat = 18,
    R8 = 63,
}

/// <summary>Pixels in memory, row 0 below; RGBA32 alone has pixels to read and write one by one.</summary>
public sealed class Texture2D : Texture
{
    private byte[] _data;

    public Texture2D(int width, int height) : this(width, height, TextureFormat.RGBA32, true, false)
    {
    }

    public Texture2D(int width, int height, TextureFormat textureFormat, bool mipChain) : this(width, height, textureFormat, mipChain, false)
    {
    }

    public Texture2D(int width, int height, TextureFormat textureFormat, bool mipChain, bool linear)
    {
        if (width < 1 || height < 1 || width > 16384 || height > 16384) throw new UnityException($"Failed to create texture because of invalid parameters: {width}×{height}.");
        this.width = width;
        this.height = height;
        format = textureFormat;
        _data = new byte[width * height * BytesOf(textureFormat)];
    }

    public TextureFormat format { get; }

    internal ReadOnlySpan<Color32> Pixels => MemoryMarshal.Cast<byte, Color32>(_data);

    public void SetPixel(int x, int y, Color color) => Writable()[Place(x, y)] = color;

    public Color GetPixel(int x, int y) => Pixels[Place(x, y)];

    public void SetPixels(Color[] colors) => SetPixels32(Array.ConvertAll(colors, color => (Color32)color));

    public void SetPixels32(Color32[] colors)
    {
        if (colors.Length < width * height) throw new ArgumentException("Texture2D.SetPixels32: array size must be at least width*height");
        colors.AsSpan(0, width * height).CopyTo(Writable());
    }

    public Color32[] GetPixels32() => Writable().ToArray();

    public void LoadRawTextureData(byte[] data)
    {
        if (data.Length < _data.Length) throw new UnityException($"LoadRawTextureData: not enough data provided (will result in overread). {data.Length} of {_data.Length} bytes.");
        data.AsSpan(0, _data.Length).CopyTo(_data);
    }

    public void SetPixelData<T>(T[] data, int mipLevel, int sourceDataStartIndex = 0)
    {
        if (mipLevel != 0) throw new UnityException("The double keeps one level of a texture.");
        int size = Marshal.SizeOf<T>();
        GCHandle pin = GCHandle.Alloc(data, GCHandleType.Pinned);
        try
        {
            Marshal.Copy(pin.AddrOfPinnedObject() + sourceDataStartIndex * size, _data, 0, Math.Min((data.Length - sourceDataStartIndex) * size, _data.Length));
        }
        finally
        {
            pin.Free();
        }
    }

    public byte[] GetRawTextureData() => (byte[])_data.Clone();

    /// <summary>The memory itself, no copy: what is written there is in the texture.</summary>
    public NativeArray<T> GetRawTextureData<T>() where T : struct => NativeArray<T>.Over(_data);

    public NativeArray<T> GetPixelData<T>(int mipLevel) where T : struct =>
        mipLevel == 0 ? NativeArray<T>.Over(_data) : throw new UnityException("The double keeps one level of a texture.");

    public void Apply(bool updateMipmaps, bool makeNoLongerReadable)
    {
    }

    public void Apply(bool updateMipmaps)
    {
    }

    public void Apply()
    {
    }

    private Span<Color32> Writable() => format == TextureFormat.RGBA32
        ? MemoryMarshal.Cast<byte, Color32>(_data.AsSpan())
        : throw new UnityException($"The double has pixels of RGBA32 only, not of {format}.");

    private int Place(int x, int y) => Mathf.Clamp(y, 0, height - 1) * width + Mathf.Clamp(x, 0, width - 1);

    private static int BytesOf(TextureFormat format) => format switch
    {
        TextureFormat.Alpha8 or TextureFormat.R8 => 1,
        TextureFormat.RGB24 => 3,
        TextureFormat.RGBA32 or TextureFormat.ARGB32 or TextureFormat.RFloat => 4,
        _ => throw new UnityException($"The double does not know the format {format}."),
    };
}
