namespace Recurrent.Onnx
{
    /// <summary>How the value after a tag is laid out (protobuf encoding specification, "Message structure").</summary>
    internal enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        LengthDelimited = 2,
        Fixed32 = 5,
    }
}
