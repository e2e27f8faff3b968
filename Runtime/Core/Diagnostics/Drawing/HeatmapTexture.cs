using System;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The newest steps of a running network as a texture of one pixel a cell, for a live view: columns are the slots of a ring buffer, rows are units.
    /// A step costs one column, and nothing is allocated. The window shows it in two parts, from the oldest slot to the end and from the
    /// beginning to the newest; only another order, scale or skin needs <see cref="PaintAll"/>, which gives the same pixels.
    /// </summary>
    public sealed class HeatmapTexture
    {
        private const int Block = 16;    // slots painted together, so that both the ring and the canvas are walked in short strides

        private readonly ColorScale _scale;
        private readonly uint _ink, _paper;
        private readonly int[]? _rowOrder;

        /// <summary>The number of units, and rows of the canvas.</summary>
        public int Units { get; }

        /// <summary>The number of slots, and columns of the canvas.</summary>
        public int Capacity { get; }

        /// <summary>The pixels: slot across, unit downwards. Slots that were not painted yet have the skin's empty colour.</summary>
        public StateCanvas Canvas { get; }

        /// <summary>An empty texture.</summary>
        /// <param name="units">How many values a step has.</param>
        /// <param name="capacity">How many steps the ring buffer holds.</param>
        /// <param name="scale">Which colour means which value.</param>
        /// <param name="skin">The colours of empty slots, and of the hatch that means "not a number".</param>
        /// <param name="rowOrder">Which unit stands at which row; null for 0, 1, 2, …</param>
        /// <exception cref="ArgumentException">The order is not one number a unit, each below the number of units.</exception>
        public HeatmapTexture(int units, int capacity, ColorScale scale, Skin skin, int[]? rowOrder = null)
        {
            if (rowOrder != null && (rowOrder.Length != units || Array.Exists(rowOrder, unit => unit < 0 || unit >= units)))
                throw new ArgumentException($"HeatmapTexture: expected an order of {units} units, each from 0 to {units - 1}.", nameof(rowOrder));
            Units = units;
            Capacity = capacity;
            Canvas = new StateCanvas(capacity, units);
            Canvas.Clear(skin.Empty);
            _scale = scale;
            _ink = skin.Hatch.Packed;
            _paper = skin.Empty.Packed;
            _rowOrder = rowOrder;
        }

        /// <summary>Paints one step, given by the value of each unit, into its slot of the ring.</summary>
        /// <exception cref="ArgumentException">There is not one value a unit, or no such slot.</exception>
        public void PaintColumn(ReadOnlySpan<float> values, int slot)
        {
            if (values.Length != Units || slot < 0 || slot >= Capacity)
                throw new ArgumentException($"HeatmapTexture({Units}×{Capacity}): expected {Units} values for a slot from 0 to {Capacity - 1}, got {values.Length} for slot {slot}.", nameof(values));
            PaintBlock(values, slot, 1);
        }

        /// <summary>Paints every slot.</summary>
        /// <param name="ring">The whole ring buffer, slot after slot, each with one value a unit.</param>
        /// <param name="filled">How many slots, from slot 0, hold a step; all of them once the ring has wrapped.</param>
        /// <exception cref="ArgumentException">The ring has another size, or more slots are filled than there are.</exception>
        public void PaintAll(ReadOnlySpan<float> ring, int filled)    // (Capacity, Units)
        {
            if (ring.Length != Units * Capacity || filled < 0 || filled > Capacity)
                throw new ArgumentException(
                    $"HeatmapTexture({Units}×{Capacity}): expected {Units * Capacity} values and at most {Capacity} filled slots, got {ring.Length} and {filled}.", nameof(ring));
            for (int slot = 0; slot < filled; slot += Block)
            {
                int slots = Math.Min(Block, filled - slot);
                PaintBlock(ring.Slice(slot * Units, slots * Units), slot, slots);
            }
            Canvas.FillRect(new PixelRect(filled, 0, Capacity - filled, Units), new Rgba(_paper));
        }

        private void PaintBlock(ReadOnlySpan<float> values, int slot, int slots)
        {
            uint[] colors = _scale.Map.Packed, pixels = Canvas.Pixels;
            for (int row = 0; row < Units; row++)
            {
                int unit = _rowOrder == null ? row : _rowOrder[row], at = row * Capacity + slot;
                for (int i = 0; i < slots; i++)
                {
                    int index = _scale.IndexOf(values[i * Units + unit]);
                    pixels[at + i] = index >= 0 ? colors[index] : StateCanvas.IsHatched(slot + i, row, 1) ? _ink : _paper;
                }
            }
        }
    }
}
