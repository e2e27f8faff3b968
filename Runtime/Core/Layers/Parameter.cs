using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>A named weight of a layer: a view into two flat arrays, its values and their gradients.</summary>
    public sealed class Parameter
    {
        private const int MaxLength = 1 << 29;

        private readonly int[] _shape;
        private ParameterStore _store;
        private int _offset;

        internal Parameter(ParameterStore store, string name, int offset, int[] shape)
        {
            _store = store;
            _offset = offset;
            _shape = shape;
            Name = name;
            Length = 1;
            foreach (int size in shape)
            {
                if ((long)Length * size > MaxLength) throw new ArgumentException($"{this}: has more than {MaxLength} values.");
                Length *= size;
            }
        }

        /// <summary>PyTorch's name: <c>weight_ih_l0</c>; inside a model with the layer's name before it: <c>0.weight_ih_l0</c>.</summary>
        public string Name { get; internal set; }

        /// <summary>The sizes, outermost first, row-major, as PyTorch has them.</summary>
        public IReadOnlyList<int> Shape => _shape;

        /// <summary>How many numbers there are.</summary>
        public int Length { get; }

        /// <summary>The values.</summary>
        public ReadOnlySpan<float> Value => new ReadOnlySpan<float>(_store.Values, _offset, Length);

        /// <summary>The gradients, to which a backward pass adds.</summary>
        public Span<float> Gradient => new Span<float>(_store.Gradients, _offset, Length);

        /// <summary>Replaces the values.</summary>
        /// <exception cref="ArgumentException"><paramref name="values"/> has not <see cref="Length"/> numbers.</exception>
        public void Set(ReadOnlySpan<float> values)
        {
            if (values.Length != Length) throw new ArgumentException($"{this}: expected {Length} values, got {values.Length}.", nameof(values));
            values.CopyTo(Edit());
        }

        /// <summary>Sets all values to one number.</summary>
        public void Fill(float value) => Edit().Fill(value);

        /// <summary>The name and the shape.</summary>
        public override string ToString() => $"{Name} ({string.Join(", ", _shape)})";

        /// <summary>The values to write to, once: layers pack them again before they next compute.</summary>
        internal Span<float> Edit()
        {
            _store.Touch();
            return new Span<float>(_store.Values, _offset, Length);
        }

        internal void MoveTo(ParameterStore store, int offset)
        {
            Value.CopyTo(new Span<float>(store.Values, offset, Length));
            _store = store;
            _offset = offset;
        }
    }
}
