using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Recurrent.Diagnostics;

namespace Play;

/// <summary>Pictures of a game, at even distances: a strip of all of them, each with its time, and single ones.</summary>
internal sealed class Film
{
    private const int Gap = 6, Caption = 22;

    private readonly List<(int Frame, StateCanvas Picture, bool IsInStrip)> _pictures = [];
    private readonly int _width, _height;

    public Film(int width, int height) => (_width, _height) = (width, height);

    /// <summary>Draws a picture of the frame that has just gone by.</summary>
    /// <param name="frame">Its number.</param>
    /// <param name="isInStrip">Whether it is one of the strip, or only a single picture.</param>
    public void Take(int frame, bool isInStrip)
    {
        var canvas = new StateCanvas(_width, _height);
        new Camerawork(canvas).Draw();
        _pictures.Add((frame, canvas, isInStrip));
    }

    /// <summary>The strip: rows of pictures, the frames below each.</summary>
    public StateCanvas Strip(int columns, float frameTime)
    {
        List<(int Frame, StateCanvas Picture, bool)> pictures = _pictures.FindAll(picture => picture.IsInStrip);
        columns = Math.Min(columns, pictures.Count);
        int rows = (pictures.Count + columns - 1) / columns;
        var strip = new StateCanvas(Gap + columns * (_width + Gap), Gap + rows * (_height + Caption + Gap));
        strip.Clear(Rgba.FromRgb(0x1B1E23));
        for (int i = 0; i < pictures.Count; i++)
        {
            int x = Gap + i % columns * (_width + Gap), y = Gap + i / columns * (_height + Caption + Gap);
            strip.Blit(pictures[i].Picture, pictures[i].Picture.Bounds, x, y);
            string caption = string.Create(CultureInfo.InvariantCulture, $"frame {pictures[i].Frame}, {pictures[i].Frame * frameTime:0.0} s");
            strip.Text(BitmapFont.Get(1), caption, x + 2, y + _height + 6, Rgba.FromRgb(0xC8CDD4));
        }

        return strip;
    }

    public void WriteSingle(int frame, string file)
    {
        foreach ((int taken, StateCanvas picture, _) in _pictures)
        {
            if (taken == frame) Write(picture, file);
        }
    }

    public static void Write(StateCanvas canvas, string file)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
        File.WriteAllBytes(file, Png.Encode(canvas));
    }
}
