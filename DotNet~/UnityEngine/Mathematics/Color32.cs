namespace UnityEngine;

public struct Color32
{
    public byte r;
    public byte g;
    public byte b;
    public byte a;

    public Color32(byte r, byte g, byte b, byte a)
    {
        this.r = r;
        this.g = g;
        this.b = b;
        this.a = a;
    }

    public static Color32 Lerp(Color32 a, Color32 b, float t)
    {
        t = Mathf.Clamp01(t);
        byte Mix(byte from, byte to) => (byte)(from + (to - from) * t);
        return new Color32(Mix(a.r, b.r), Mix(a.g, b.g), Mix(a.b, b.b), Mix(a.a, b.a));
    }

    public static implicit operator Color32(Color c) => new(ToByte(c.r), ToByte(c.g), ToByte(c.b), ToByte(c.a));

    public static implicit operator Color(Color32 c) => new(c.r / 255F, c.g / 255F, c.b / 255F, c.a / 255F);

    public override string ToString() => $"RGBA({r}, {g}, {b}, {a})";

    private static byte ToByte(float channel) => (byte)Mathf.Round(Mathf.Clamp01(channel) * 255F);
}
