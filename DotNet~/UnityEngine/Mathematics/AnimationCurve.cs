using System;

namespace UnityEngine;

public struct Keyframe
{
    public Keyframe(float time, float value) : this(time, value, 0F, 0F)
    {
    }

    public Keyframe(float time, float value, float inTangent, float outTangent)
    {
        this.time = time;
        this.value = value;
        this.inTangent = inTangent;
        this.outTangent = outTangent;
    }

    public float time { get; set; }

    public float value { get; set; }

    public float inTangent { get; set; }

    public float outTangent { get; set; }
}

/// <summary>Cubic Hermite pieces between keys; constant before the first and after the last.</summary>
public class AnimationCurve : IEquatable<AnimationCurve>
{
    private Keyframe[] _keys;

    public AnimationCurve(params Keyframe[] keys) => _keys = Sorted(keys);

    public AnimationCurve() => _keys = Array.Empty<Keyframe>();

    public Keyframe[] keys
    {
        get => (Keyframe[])_keys.Clone();
        set => _keys = Sorted(value);
    }

    public int length => _keys.Length;

    public Keyframe this[int index] => _keys[index];

    public int AddKey(float time, float value)
    {
        if (Array.FindIndex(_keys, key => key.time == time) >= 0) return -1;
        var more = new Keyframe[_keys.Length + 1];
        _keys.CopyTo(more, 0);
        more[^1] = new Keyframe(time, value);
        _keys = Sorted(more);
        return Array.FindIndex(_keys, key => key.time == time);
    }

    public float Evaluate(float time)
    {
        if (_keys.Length == 0) return 0F;
        if (time <= _keys[0].time) return _keys[0].value;
        if (time >= _keys[^1].time) return _keys[^1].value;
        int i = 0;
        while (_keys[i + 1].time <= time) i++;
        Keyframe from = _keys[i], to = _keys[i + 1];
        if (float.IsInfinity(from.outTangent) || float.IsInfinity(to.inTangent)) return from.value;
        float span = to.time - from.time, t = (time - from.time) / span, u = 1F - t;
        return (1F + 2F * t) * u * u * from.value + t * u * u * span * from.outTangent + t * t * (3F - 2F * t) * to.value - t * t * u * span * to.inTangent;
    }

    public static AnimationCurve Constant(float timeStart, float timeEnd, float value) => Linear(timeStart, value, timeEnd, value);

    public static AnimationCurve Linear(float timeStart, float valueStart, float timeEnd, float valueEnd)
    {
        if (timeStart == timeEnd) return new AnimationCurve(new Keyframe(timeStart, valueStart));
        float slope = (valueEnd - valueStart) / (timeEnd - timeStart);
        return new AnimationCurve(new Keyframe(timeStart, valueStart, 0F, slope), new Keyframe(timeEnd, valueEnd, slope, 0F));
    }

    public static AnimationCurve EaseInOut(float timeStart, float valueStart, float timeEnd, float valueEnd) =>
        timeStart == timeEnd ? new AnimationCurve(new Keyframe(timeStart, valueStart)) : new AnimationCurve(new Keyframe(timeStart, valueStart), new Keyframe(timeEnd, valueEnd));

    public bool Equals(AnimationCurve? other)
    {
        if (other == null || other._keys.Length != _keys.Length) return false;
        for (int i = 0; i < _keys.Length; i++)
        {
            Keyframe a = _keys[i], b = other._keys[i];
            if ((a.time, a.value, a.inTangent, a.outTangent) != (b.time, b.value, b.inTangent, b.outTangent)) return false;
        }

        return true;
    }

    public override bool Equals(object? o) => o is AnimationCurve curve && Equals(curve);

    public override int GetHashCode() => _keys.Length;

    // Nothing new where there are two keys already.
    internal void SetLine(float start, float end)
    {
        if (_keys.Length != 2) _keys = new Keyframe[2];
        float slope = end - start;
        (_keys[0], _keys[1]) = (new Keyframe(0F, start, 0F, slope), new Keyframe(1F, end, slope, 0F));
    }

    private static Keyframe[] Sorted(Keyframe[] keys)
    {
        var sorted = (Keyframe[])keys.Clone();
        Array.Sort(sorted, (a, b) => a.time.CompareTo(b.time));
        return sorted;
    }
}
