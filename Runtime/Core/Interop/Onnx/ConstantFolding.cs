using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>
    /// The operators that exporters leave between a weight and the node that uses it, evaluated on constants: Identity, Cast, Concat, ConstantOfShape,
    /// Expand, Flatten, Gather, GatherElements, Reshape, Shape, Slice, Squeeze, Tile, Transpose, Unsqueeze, and the arithmetic on shapes, as operator sets 7 and later
    /// define them. Elements are moved; nothing is computed but integers.
    /// </summary>
    internal sealed class ConstantFolding
    {
        private const int MaxRank = 64;

        private long _bytesLeft;

        /// <param name="bytes">How many bytes all results together may take: a small file can ask for a great deal.</param>
        public ConstantFolding(long bytes)
        {
            _bytesLeft = bytes;
        }

        /// <summary>The node's first output; null where the operator is none of these, or the node does not fit its definition.</summary>
        public OnnxTensor? Evaluate(OnnxNode node, OnnxTensor?[] inputs)
        {
            OnnxTensor? x = inputs.Length > 0 ? inputs[0] : null;
            if (x == null || x.ElementType == OnnxDataType.String || (OnnxElements.Bits(x.ElementType) % 8) != 0)
                return null;
            string name = node.Output(0);
            switch (node.OpType)
            {
                case "Identity": return x;
                case "Cast": return Cast(node, name, x);
                case "Concat": return Concat(node, name, inputs);
                case "ConstantOfShape": return Fill(node, name, x);
                case "Expand": return TryIntegers(Input(inputs, 1), out long[] to) ? Expand(name, x, to) : null;
                case "Flatten": return Flatten(node, name, x);
                case "Gather": return Gather(node, name, x, Input(inputs, 1));
                case "GatherElements": return GatherElements(node, name, x, Input(inputs, 1));
                case "Reshape": return Reshape(node, name, x, Input(inputs, 1));
                case "Shape": return Shape(node, name, x);
                case "Slice": return Slice(node, name, x, inputs);
                case "Squeeze": return Squeeze(node, name, x, inputs);
                case "Tile": return Tile(name, x, Input(inputs, 1));
                case "Transpose": return Transpose(node, name, x);
                case "Unsqueeze": return Unsqueeze(node, name, x, inputs);
                case "Add": return Integers(name, x, Input(inputs, 1), (a, b) => unchecked(a + b));
                case "Sub": return Integers(name, x, Input(inputs, 1), (a, b) => unchecked(a - b));
                case "Mul": return Integers(name, x, Input(inputs, 1), (a, b) => unchecked(a * b));
                case "Div": return Integers(name, x, Input(inputs, 1), (a, b) => b == 0 ? 0 : b == -1 ? unchecked(-a) : a / b);
                case "Equal": return Integers(name, x, Input(inputs, 1), (a, b) => a == b ? 1 : 0, OnnxDataType.Bool);
                case "Where": return Choose(name, x, Input(inputs, 1), Input(inputs, 2));
                default: return null;
            }
        }

        private OnnxTensor? Cast(OnnxNode node, string name, OnnxTensor x)
        {
            var to = (OnnxDataType)(node.Attribute("to")?.Int ?? 0);
            if (to == x.ElementType)
                return x;
            if (to == OnnxDataType.Int64 && OnnxElements.IsInteger(x.ElementType) && x.ElementType != OnnxDataType.UInt64 && Spend(8L * x.Count))
                return OnnxTensor.FromInt64s(name, Sizes(x), x.ToInt64s());
            if (to == OnnxDataType.Int32 && OnnxElements.IsInteger(x.ElementType) && x.ElementType != OnnxDataType.UInt64 && Spend(4L * x.Count))
                return Int32s(name, Sizes(x), x.ToInt64s());
            if (to == OnnxDataType.Float && x.ElementType != OnnxDataType.Complex64 && x.ElementType != OnnxDataType.Complex128 && Spend(4L * x.Count))
                return OnnxTensor.FromSingles(name, Sizes(x), x.ToSingles());
            return null;
        }

        private OnnxTensor? Concat(OnnxNode node, string name, OnnxTensor?[] inputs)
        {
            long[] shape = Sizes(inputs[0]!);
            if (!TryAxis(node.Attribute("axis")?.Int, shape.Length, out int axis))
                return null;
            long joined = 0;
            foreach (OnnxTensor? input in inputs)
            {
                if (input == null || input.ElementType != inputs[0]!.ElementType || input.Shape.Count != shape.Length)
                    return null;
                for (int i = 0; i < shape.Length; i++)
                    if (i != axis && input.Shape[i] != shape[i])
                        return null;
                joined += input.Shape[axis];
            }
            shape[axis] = joined;
            if (!TryAllocate(inputs[0]!.ElementType, shape, out byte[] data))
                return null;
            int blocks = 1;
            for (int i = 0; i < axis; i++)
                blocks *= (int)shape[i];
            int offset = 0;
            for (int block = 0; block < blocks; block++)
                foreach (OnnxTensor? input in inputs)
                {
                    int length = input!.Data.Length / blocks;
                    input.Data.Slice(block * length, length).CopyTo(data.AsMemory(offset));
                    offset += length;
                }
            return new OnnxTensor(name, inputs[0]!.ElementType, shape, data);
        }

        private OnnxTensor? Fill(OnnxNode node, string name, OnnxTensor x)
        {
            OnnxTensor? value = node.Attribute("value")?.Tensor;
            OnnxDataType type = value?.ElementType ?? OnnxDataType.Float;
            if (!TryIntegers(x, out long[] shape) || (value != null && value.Count != 1) || OnnxElements.Bits(type) % 8 != 0 || !TryAllocate(type, shape, out byte[] data))
                return null;
            if (value != null)
                for (int offset = 0; offset < data.Length; offset += value.Data.Length)
                    value.Data.CopyTo(data.AsMemory(offset));
            return new OnnxTensor(name, type, shape, data);
        }

        /// <summary>Stretches axes of size 1 as NumPy does.</summary>
        private OnnxTensor? Expand(string name, OnnxTensor x, IReadOnlyList<long> to)
        {
            int rank = Math.Max(x.Shape.Count, to.Count);
            if (rank > MaxRank)
                return null;
            var shape = new long[rank];
            var stride = new long[rank];
            long[] own = Strides(x);
            for (int i = 0; i < rank; i++)
            {
                int from = i - (rank - x.Shape.Count), target = i - (rank - to.Count);
                long size = from >= 0 ? x.Shape[from] : 1, wanted = target >= 0 ? to[target] : 1;
                if (wanted < 0 || (size != wanted && size != 1 && wanted != 1))
                    return null;
                shape[i] = size == 1 ? wanted : size;
                stride[i] = from >= 0 && size != 1 ? own[from] : 0;
            }
            return Strided(name, x, shape, stride, 0);
        }

        private static OnnxTensor? Flatten(OnnxNode node, string name, OnnxTensor x)
        {
            long axis = node.Attribute("axis")?.Int ?? 1;
            if (axis < 0)
                axis += x.Shape.Count;
            if (axis < 0 || axis > x.Shape.Count)
                return null;
            long rows = 1, columns = 1;
            for (int i = 0; i < x.Shape.Count; i++)
                if (i < axis) rows *= x.Shape[i];
                else columns *= x.Shape[i];
            return View(name, x, new[] { rows, columns });
        }

        private OnnxTensor? Tile(string name, OnnxTensor x, OnnxTensor? repeats)
        {
            if (!TryIntegers(repeats, out long[] times) || times.Length != x.Shape.Count || 2 * times.Length > MaxRank)
                return null;
            // (a, b) → (1, a, 1, b) → (n, a, m, b) → (n·a, m·b)
            var apart = new long[2 * times.Length];
            var stretched = new long[2 * times.Length];
            var shape = new long[times.Length];
            for (int i = 0; i < times.Length; i++)
            {
                if (times[i] < 0 || times[i] > int.MaxValue)
                    return null;
                apart[2 * i] = 1;
                apart[2 * i + 1] = stretched[2 * i + 1] = x.Shape[i];
                stretched[2 * i] = times[i];
                shape[i] = times[i] * x.Shape[i];
            }
            return View(name, x, apart) is OnnxTensor view && Expand(name, view, stretched) is OnnxTensor tiled ? View(name, tiled, shape) : null;
        }

        private OnnxTensor? Integers(string name, OnnxTensor a, OnnxTensor? b, Func<long, long, long> operation, OnnxDataType type = OnnxDataType.Int64)
        {
            if (!TryIntegers(a, out _) || !TryIntegers(b, out _) || a.ElementType != b!.ElementType
                || !(Expand(name, a, b.Shape) is OnnxTensor left) || !(Expand(name, b, left.Shape) is OnnxTensor right) || !Spend(8L * left.Count))
                return null;
            long[] first = left.ToInt64s(), second = right.ToInt64s();
            if (type == OnnxDataType.Bool)
                return new OnnxTensor(name, type, Sizes(left), Compare(first, second, operation));
            for (int i = 0; i < first.Length; i++)
                first[i] = operation(first[i], second[i]);
            var result = OnnxTensor.FromInt64s(name, Sizes(left), first);
            return a.ElementType == OnnxDataType.Int64 ? result : Int32s(name, Sizes(left), first);
        }

        private OnnxTensor? Choose(string name, OnnxTensor condition, OnnxTensor? a, OnnxTensor? b)
        {
            if (condition.ElementType != OnnxDataType.Bool || !TryIntegers(a, out _) || !TryIntegers(b, out _) || a!.ElementType != OnnxDataType.Int64 || b!.ElementType != OnnxDataType.Int64
                || !(Expand(name, a, b.Shape) is OnnxTensor joined) || !(Expand(name, condition, joined.Shape) is OnnxTensor which)
                || !(Expand(name, a, which.Shape) is OnnxTensor left) || !(Expand(name, b, which.Shape) is OnnxTensor right) || !Spend(8L * left.Count))
                return null;
            long[] first = left.ToInt64s(), second = right.ToInt64s();
            ReadOnlySpan<byte> flags = which.Data.Span;
            for (int i = 0; i < first.Length; i++)
                first[i] = flags[i] != 0 ? first[i] : second[i];
            return OnnxTensor.FromInt64s(name, Sizes(left), first);
        }

        private static byte[] Compare(long[] first, long[] second, Func<long, long, long> operation)
        {
            var flags = new byte[first.Length];
            for (int i = 0; i < flags.Length; i++)
                flags[i] = (byte)operation(first[i], second[i]);
            return flags;
        }

        private static OnnxTensor Int32s(string name, long[] shape, long[] values)
        {
            var data = new byte[4 * values.Length];
            for (int i = 0; i < values.Length; i++)
                BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(4 * i), unchecked((int)values[i]));
            return new OnnxTensor(name, OnnxDataType.Int32, shape, data);
        }

        private OnnxTensor? Gather(OnnxNode node, string name, OnnxTensor x, OnnxTensor? indices)
        {
            if (!TryIntegers(indices, out long[] which) || !TryAxis(node.Attribute("axis")?.Int ?? 0, x.Shape.Count, out int axis))
                return null;
            var shape = new List<long>(x.Shape);
            shape.RemoveAt(axis);
            shape.InsertRange(axis, indices!.Shape);
            if (!TryAllocate(x.ElementType, shape.ToArray(), out byte[] data))
                return null;
            int size = (int)x.Shape[axis];
            int blocks = 1;
            for (int i = 0; i < axis; i++)
                blocks *= (int)x.Shape[i];
            if (data.Length == 0)
                return new OnnxTensor(name, x.ElementType, shape.ToArray(), data);
            int length = x.Data.Length / blocks / size;
            int offset = 0;
            for (int block = 0; block < blocks; block++)
                foreach (long index in which)
                {
                    long at = index < 0 ? index + size : index;
                    if (at < 0 || at >= size)
                        return null;
                    x.Data.Slice((block * size + (int)at) * length, length).CopyTo(data.AsMemory(offset));
                    offset += length;
                }
            return new OnnxTensor(name, x.ElementType, shape.ToArray(), data);
        }

        private OnnxTensor? GatherElements(OnnxNode node, string name, OnnxTensor x, OnnxTensor? indices)
        {
            int rank = x.Shape.Count;
            if (!TryIntegers(indices, out long[] which) || indices!.Shape.Count != rank || !TryAxis(node.Attribute("axis")?.Int ?? 0, rank, out int axis))
                return null;
            for (int i = 0; i < rank; i++)
                if (i != axis && indices.Shape[i] > x.Shape[i])
                    return null;
            long[] shape = Sizes(indices), stride = Strides(x);
            if (!TryAllocate(x.ElementType, shape, out byte[] data))
                return null;
            int width = OnnxElements.Bits(x.ElementType) / 8;
            var index = new long[rank];
            for (int element = 0; element < which.Length; element++)
            {
                long at = which[element] < 0 ? which[element] + x.Shape[axis] : which[element], offset = at * stride[axis];
                if (at < 0 || at >= x.Shape[axis])
                    return null;
                for (int i = 0; i < rank; i++)
                    if (i != axis)
                        offset += index[i] * stride[i];
                x.Data.Slice((int)offset * width, width).CopyTo(data.AsMemory(element * width));
                for (int i = rank - 1; i >= 0 && ++index[i] == shape[i]; i--)
                    index[i] = 0;
            }
            return new OnnxTensor(name, x.ElementType, shape, data);
        }

        private static OnnxTensor? Reshape(OnnxNode node, string name, OnnxTensor x, OnnxTensor? target)
        {
            if (!TryIntegers(target, out long[] shape))
                return null;
            bool allowZero = node.Attribute("allowzero")?.Int == 1;
            int open = -1;
            long known = 1;
            for (int i = 0; i < shape.Length; i++)
            {
                if (shape[i] == 0 && !allowZero && i < x.Shape.Count)
                    shape[i] = x.Shape[i];
                if (shape[i] == -1 && open < 0)
                    open = i;
                else if (shape[i] < 0 || shape[i] > int.MaxValue || (known *= shape[i]) > int.MaxValue)
                    return null;
            }
            if (open >= 0)
            {
                if (known == 0 || x.Count % known != 0)
                    return null;
                shape[open] = x.Count / known;
            }
            return View(name, x, shape);
        }

        private OnnxTensor? Shape(OnnxNode node, string name, OnnxTensor x)
        {
            int rank = x.Shape.Count;
            int start = Clamp(node.Attribute("start")?.Int ?? 0, rank), end = Clamp(node.Attribute("end")?.Int ?? rank, rank);
            long[] sizes = start < end ? Sizes(x).AsSpan(start, end - start).ToArray() : new long[0];
            return Spend(8L * sizes.Length) ? OnnxTensor.FromInt64s(name, new long[] { sizes.Length }, sizes) : null;
        }

        private OnnxTensor? Slice(OnnxNode node, string name, OnnxTensor x, OnnxTensor?[] inputs)
        {
            // Operator set 10 turned the attributes into inputs.
            if (!TryParameter(node, "starts", Input(inputs, 1), out long[]? starts) || starts == null
                || !TryParameter(node, "ends", Input(inputs, 2), out long[]? ends) || ends == null || ends.Length != starts.Length
                || !TryParameter(node, "axes", Input(inputs, 3), out long[]? axes) || (axes != null && axes.Length != starts.Length)
                || !TryParameter(node, "steps", Input(inputs, 4), out long[]? steps) || (steps != null && steps.Length != starts.Length))
                return null;
            long[] shape = Sizes(x), stride = Strides(x);
            long offset = 0;
            for (int i = 0; i < starts.Length; i++)
            {
                long step = steps?[i] ?? 1;
                if (!TryAxis(axes?[i] ?? i, shape.Length, out int axis) || step == 0 || step == long.MinValue)
                    return null;
                long size = x.Shape[axis];
                long lowest = step > 0 ? 0 : -1, highest = step > 0 ? size : size - 1;
                long start = Math.Min(Math.Max(starts[i] < 0 ? starts[i] + size : starts[i], 0), highest);
                long end = Math.Min(Math.Max(ends[i] < 0 ? ends[i] + size : ends[i], lowest), highest);
                long span = step > 0 ? end - start : start - end;
                shape[axis] = span <= 0 ? 0 : (span - 1) / Math.Abs(step) + 1;
                offset += start * stride[axis];
                stride[axis] *= shape[axis] > 1 ? step : 1;
            }
            return Strided(name, x, shape, stride, offset);
        }

        private static OnnxTensor? Squeeze(OnnxNode node, string name, OnnxTensor x, OnnxTensor?[] inputs)
        {
            if (!TryParameter(node, "axes", Input(inputs, 1), out long[]? axes))
                return null;
            var drop = new bool[x.Shape.Count];
            if (axes == null)
                for (int i = 0; i < drop.Length; i++)
                    drop[i] = x.Shape[i] == 1;
            else
                foreach (long each in axes)
                {
                    if (!TryAxis(each, drop.Length, out int axis) || x.Shape[axis] != 1)
                        return null;
                    drop[axis] = true;
                }
            var shape = new List<long>();
            for (int i = 0; i < drop.Length; i++)
                if (!drop[i])
                    shape.Add(x.Shape[i]);
            return View(name, x, shape.ToArray());
        }

        private OnnxTensor? Transpose(OnnxNode node, string name, OnnxTensor x)
        {
            int rank = x.Shape.Count;
            IReadOnlyList<long>? order = node.Attribute("perm")?.Ints;
            if (order != null && order.Count != rank)
                return null;
            var shape = new long[rank];
            var stride = new long[rank];
            var seen = new bool[rank];
            long[] own = Strides(x);
            for (int i = 0; i < rank; i++)
            {
                long from = order?[i] ?? rank - 1 - i;
                if (from < 0 || from >= rank || seen[from])
                    return null;
                seen[from] = true;
                shape[i] = x.Shape[(int)from];
                stride[i] = own[from];
            }
            return Strided(name, x, shape, stride, 0);
        }

        private static OnnxTensor? Unsqueeze(OnnxNode node, string name, OnnxTensor x, OnnxTensor?[] inputs)
        {
            if (!TryParameter(node, "axes", Input(inputs, 1), out long[]? axes) || axes == null)
                return null;
            var added = new bool[x.Shape.Count + axes.Length];
            foreach (long each in axes)
            {
                if (!TryAxis(each, added.Length, out int axis) || added[axis])
                    return null;
                added[axis] = true;
            }
            var shape = new long[added.Length];
            for (int i = 0, from = 0; i < shape.Length; i++)
                shape[i] = added[i] ? 1 : x.Shape[from++];
            return View(name, x, shape);
        }

        private static OnnxTensor? View(string name, OnnxTensor x, long[] shape) =>
            shape.Length <= MaxRank && OnnxTensor.TryCount(shape, out int count) && count == x.Count ? new OnnxTensor(name, x.ElementType, shape, x.Data) : null;

        private OnnxTensor? Strided(string name, OnnxTensor x, long[] shape, long[] stride, long offset)
        {
            if (!TryAllocate(x.ElementType, shape, out byte[] data))
                return null;
            int width = OnnxElements.Bits(x.ElementType) / 8;
            ReadOnlySpan<byte> source = x.Data.Span;
            var index = new long[shape.Length];
            for (int to = 0; to < data.Length; to += width)
            {
                source.Slice((int)offset * width, width).CopyTo(data.AsSpan(to));
                for (int axis = shape.Length - 1; axis >= 0; axis--)
                {
                    offset += stride[axis];
                    if (++index[axis] < shape[axis])
                        break;
                    offset -= stride[axis] * shape[axis];
                    index[axis] = 0;
                }
            }
            return new OnnxTensor(name, x.ElementType, shape, data);
        }

        private bool TryAllocate(OnnxDataType type, long[] shape, out byte[] data)
        {
            data = Array.Empty<byte>();
            if (shape.Length > MaxRank || !OnnxTensor.TryCount(shape, out int count) || !OnnxTensor.TryByteLength(type, count, out int length) || !Spend(length))
                return false;
            data = new byte[length];
            return true;
        }

        private bool Spend(long bytes) => (_bytesLeft -= bytes) >= 0;

        private static OnnxTensor? Input(OnnxTensor?[] inputs, int position) => position < inputs.Length ? inputs[position] : null;

        /// <summary>A list of integers that older operator sets have as an attribute and newer ones as an input; null where it is left out.</summary>
        private static bool TryParameter(OnnxNode node, string attribute, OnnxTensor? input, out long[]? values)
        {
            values = null;
            if (input != null)
                return TryIntegers(input, out values);
            if (!(node.Attribute(attribute)?.Ints is IReadOnlyList<long> list))
                return true;
            values = new long[list.Count];
            for (int i = 0; i < values.Length; i++)
                values[i] = list[i];
            return true;
        }

        private static bool TryIntegers(OnnxTensor? tensor, out long[] values)
        {
            bool integers = tensor != null && (tensor.ElementType == OnnxDataType.Int64 || tensor.ElementType == OnnxDataType.Int32);
            values = integers ? tensor!.ToInt64s() : Array.Empty<long>();
            return integers;
        }

        private static bool TryAxis(long? axis, int rank, out int at)
        {
            at = (int)Math.Max(-1, Math.Min(int.MaxValue, axis < 0 ? axis.Value + rank : axis ?? -1));
            return at >= 0 && at < rank;
        }

        private static int Clamp(long position, int rank) => (int)Math.Min(Math.Max(position < 0 ? position + rank : position, 0), rank);

        private static long[] Sizes(OnnxTensor tensor)
        {
            var sizes = new long[tensor.Shape.Count];
            for (int i = 0; i < sizes.Length; i++)
                sizes[i] = tensor.Shape[i];
            return sizes;
        }

        private static long[] Strides(OnnxTensor tensor)
        {
            var strides = new long[tensor.Shape.Count];
            long stride = 1;
            for (int i = strides.Length - 1; i >= 0; i--)
            {
                strides[i] = stride;
                stride *= tensor.Shape[i];
            }
            return strides;
        }
    }
}
