using System;

namespace UnityEngine;

public struct GradientColorKey
{
    public Color color;
    public float time;

    public GradientColorKey(Color col, float time)
    {
        color = col;
        this.time = time;
    }
}

public struct GradientAlphaKey
{
    public float alpha;
    public float time;

    public GradientAlphaKey(float alpha, float time)
    {
        this.alpha = alpha;
        this.time = time;
    }
}

/// <summary>Colours by straight lines between keys.</summary>
public class Gradient
{
    private GradientColorKey[] _colors = { new(Color.white, 0F), new(Color.white, 1F) };
    private GradientAlphaKey[] _alphas = { new(1F, 0F), new(1F, 1F) };

    public GradientColorKey[] colorKeys
    {
        get => (GradientColorKey[])_colors.Clone();
        set => _colors = Sorted(value, key => key.time);
    }

    public GradientAlphaKey[] alphaKeys
    {
        get => (GradientAlphaKey[])_alphas.Clone();
        set => _alphas = Sorted(value, key => key.time);
    }

    public void SetKeys(GradientColorKey[] colorKeys, GradientAlphaKey[] alphaKeys)
    {
        this.colorKeys = colorKeys;
        this.alphaKeys = alphaKeys;
    }

    public Color Evaluate(float time)
    {
        int i = 0, k = 0;
        while (i < _colors.Length - 2 && _colors[i + 1].time < time) i++;
        while (k < _alphas.Length - 2 && _alphas[k + 1].time < time) k++;
        int next = Math.Min(i + 1, _colors.Length - 1), after = Math.Min(k + 1, _alphas.Length - 1);
        Color color = Color.Lerp(_colors[i].color, _colors[next].color, Mathf.InverseLerp(_colors[i].time, _colors[next].time, time));
        color.a = Mathf.Lerp(_alphas[k].alpha, _alphas[after].alpha, Mathf.InverseLerp(_alphas[k].time, _alphas[after].time, time));
        return color;
    }

    // Nothing new where there are two keys already: a line may be coloured in every frame.
    internal void SetEnds(Color start, Color end)
    {
        if (_colors.Length != 2) _colors = new GradientColorKey[2];
        if (_alphas.Length != 2) _alphas = new GradientAlphaKey[2];
        (_colors[0], _colors[1]) = (new GradientColorKey(start, 0F), new GradientColorKey(end, 1F));
        (_alphas[0], _alphas[1]) = (new GradientAlphaKey(start.a, 0F), new GradientAlphaKey(end.a, 1F));
    }

    private static T[] Sorted<T>(T[] keys, Func<T, float> time)
    {
        if (keys.Length is 0 or > 8) throw new ArgumentException($"Gradient: expected 1 to 8 keys, got {keys.Length}.");
        var sorted = (T[])keys.Clone();
        Array.Sort(sorted, (a, b) => time(a).CompareTo(time(b)));
        return sorted;
    }
}
