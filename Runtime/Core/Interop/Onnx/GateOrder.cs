using System;

namespace Recurrent.Onnx
{
    /// <summary>The order of the gates: LSTM i o f c in ONNX, i f g o in PyTorch and here; GRU z r h in ONNX, r z n in PyTorch and here.</summary>
    internal static class GateOrder
    {
        private static readonly int[] LstmFromOnnx = { 0, 2, 3, 1 };
        private static readonly int[] LstmToOnnx = { 0, 3, 1, 2 };
        private static readonly int[] GruEitherWay = { 1, 0, 2 };

        /// <summary>Blocks of equal length, one a gate, from ONNX's order into PyTorch's.</summary>
        public static float[] FromOnnx(RecurrentOperator kind, ReadOnlySpan<float> blocks) =>
            Permute(blocks, kind == RecurrentOperator.LSTM ? LstmFromOnnx : kind == RecurrentOperator.GRU ? GruEitherWay : new int[1]);

        /// <summary>Blocks of equal length, one a gate, from PyTorch's order into ONNX's.</summary>
        public static float[] ToOnnx(RecurrentOperator kind, ReadOnlySpan<float> blocks) =>
            Permute(blocks, kind == RecurrentOperator.LSTM ? LstmToOnnx : kind == RecurrentOperator.GRU ? GruEitherWay : new int[1]);

        private static float[] Permute(ReadOnlySpan<float> blocks, int[] order)
        {
            int length = blocks.Length / order.Length;
            var permuted = new float[blocks.Length];
            for (int i = 0; i < order.Length; i++)
                blocks.Slice(order[i] * length, length).CopyTo(permuted.AsSpan(i * length));
            return permuted;
        }
    }
}
