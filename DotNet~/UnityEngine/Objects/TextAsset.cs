using System.Text;

namespace UnityEngine;

public class TextAsset : Object
{
    private readonly byte[] _bytes;

    public TextAsset() : this("")
    {
    }

    public TextAsset(string text) => _bytes = Encoding.UTF8.GetBytes(text);

    internal TextAsset(byte[] bytes) => _bytes = bytes;

    /// <summary>A copy at every call, as in the engine.</summary>
    public byte[] bytes => (byte[])_bytes.Clone();

    public long dataSize => _bytes.Length;

    public string text
    {
        get
        {
            bool mark = _bytes.Length >= 3 && _bytes[0] == 0xEF && _bytes[1] == 0xBB && _bytes[2] == 0xBF;
            return Encoding.UTF8.GetString(_bytes, mark ? 3 : 0, _bytes.Length - (mark ? 3 : 0));
        }
    }

    public override string ToString() => text;
}
