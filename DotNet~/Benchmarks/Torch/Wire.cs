using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace Recurrent.Benchmarks;

/// <summary>How arrays go through a pipe.</summary>
internal static class Wire
{
    public static void Write(this BinaryWriter writer, float[] values)
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    public static float[] ReadFloats(this BinaryReader reader)
    {
        var values = new float[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public static void Write(this BinaryWriter writer, float[][] arrays)
    {
        writer.Write(arrays.Length);
        foreach (float[] values in arrays) writer.Write(values);
    }

    public static float[][] ReadArrays(this BinaryReader reader)
    {
        var arrays = new float[reader.ReadInt32()][];
        for (int i = 0; i < arrays.Length; i++) arrays[i] = reader.ReadFloats();
        return arrays;
    }

    public static void Write(this BinaryWriter writer, IReadOnlyList<Parameter> parameters)
    {
        writer.Write(parameters.Count);
        foreach (Parameter parameter in parameters)
        {
            writer.Write(parameter.Name);
            writer.Write(parameter.Value.ToArray());
        }
    }

    public static Dictionary<string, float[]> ReadParameters(this BinaryReader reader)
    {
        var parameters = new Dictionary<string, float[]>();
        for (int left = reader.ReadInt32(); left > 0; left--) parameters.Add(reader.ReadString(), reader.ReadFloats());
        return parameters;
    }
}
