using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace Recurrent.Benchmarks;

/// <summary>
/// A layer as an ONNX model of one node, in the wire format of protobuf; field numbers are those of onnx.proto.
/// x (steps, batch, input), h0 and c0 (1, batch, hidden) → y (steps, 1, batch, hidden), h and c.
/// </summary>
internal static class OnnxLayer
{
    private const int IrVersion = 8, Opset = 17, Float = 1, IntAttribute = 2;

    public static byte[] Model(RecurrentLayer layer, CellKind cell, int steps, int batch)
    {
        int input = layer.InputSize, hidden = layer.HiddenSize, rows = cell.Gates() * hidden;
        bool hasCellState = cell == CellKind.LSTM;
        string[] states = hasCellState ? ["h0", "c0"] : ["h0"], ends = hasCellState ? ["h", "c"] : ["h"];
        float[] Weights(string name) => InOrder(cell, layer.Parameters.First(parameter => parameter.Name == name).Value.ToArray());

        byte[][] node =
        [
            .. new[] { "x", "W", "R", "B", "" }.Concat(states).Select(name => Text(1, name)),
            .. ends.Prepend("y").Select(name => Text(2, name)),
            Text(4, cell.ToString()),
            Attribute("hidden_size", hidden),
            .. cell == CellKind.GRU ? [Attribute("linear_before_reset", 1)] : Array.Empty<byte[]>(),
        ];
        byte[][] graph =
        [
            Message(1, node),
            Text(2, "layer"),
            Tensor("W", Weights("weight_ih_l0"), 1, rows, input),
            Tensor("R", Weights("weight_hh_l0"), 1, rows, hidden),
            Tensor("B", [.. Weights("bias_ih_l0"), .. Weights("bias_hh_l0")], 1, 2 * rows),
            Value(11, "x", steps, batch, input),
            .. states.Select(name => Value(11, name, 1, batch, hidden)),
            Value(12, "y", steps, 1, batch, hidden),
            .. ends.Select(name => Value(12, name, 1, batch, hidden)),
        ];
        byte[][] model = [Number(1, IrVersion), Message(7, graph), Message(8, Text(1, ""), Number(2, Opset))];
        return model.SelectMany(field => field).ToArray();
    }

    /// <summary>PyTorch's blocks of rows in ONNX's order: i f g o → i o f g, r z n → z r n.</summary>
    private static float[] InOrder(CellKind cell, float[] values)
    {
        int[] order = cell switch { CellKind.LSTM => [0, 3, 1, 2], CellKind.GRU => [1, 0, 2], _ => [0] };
        int block = values.Length / cell.Gates();
        return order.SelectMany(gate => values.Skip(gate * block).Take(block)).ToArray();
    }

    private static byte[] Attribute(string name, int value) => Message(5, Text(1, name), Number(3, value), Number(20, IntAttribute));

    private static byte[] Tensor(string name, float[] values, params int[] shape) => Message(5,
    [
        .. shape.Select(size => Number(1, size)),
        Number(2, Float),
        Text(8, name),
        Field(9, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()),
    ]);

    private static byte[] Value(int field, string name, params int[] shape)
    {
        byte[] dimensions = Message(2, shape.Select(size => Message(1, Number(1, size))).ToArray());
        return Message(field, Text(1, name), Message(2, Message(1, Number(1, Float), dimensions)));
    }

    private static byte[] Message(int field, params byte[][] fields) => Field(field, fields.SelectMany(bytes => bytes).ToArray());

    private static byte[] Text(int field, string value) => Field(field, Encoding.UTF8.GetBytes(value));

    private static byte[] Number(int field, long value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Field(int field, byte[] value) => [.. Varint((field << 3) | 2), .. Varint(value.Length), .. value];

    private static IEnumerable<byte> Varint(long value)
    {
        for (; value >= 0x80; value >>= 7) yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}
