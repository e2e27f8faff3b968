using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class Float16Tests
    {
        // Values from the definition in IEEE 754-2008, 3.6: 2^-14 is the smallest normal, 2^-24 the smallest subnormal, 65504 the largest.
        [TestCase(0x0000, 0f)]
        [TestCase(0x3C00, 1f)]
        [TestCase(0xC000, -2f)]
        [TestCase(0x3555, 0.333251953125f)]
        [TestCase(0x7BFF, 65504f)]
        [TestCase(0xFBFF, -65504f)]
        [TestCase(0x0400, 6.103515625e-05f)]
        [TestCase(0x03FF, 6.097555160522461e-05f)]
        [TestCase(0x0001, 5.960464477539063e-08f)]
        [TestCase(0x8001, -5.960464477539063e-08f)]
        [TestCase(0x7C00, float.PositiveInfinity)]
        [TestCase(0xFC00, float.NegativeInfinity)]
        public void IsExactBothWays(int bits, float value)
        {
            Assert.That(Float16.ToSingle((ushort)bits), Is.EqualTo(value));
            Assert.That(Float16.FromSingle(value), Is.EqualTo((ushort)bits));
        }

        [TestCase(1.00048828125f, 0x3C00)] // a tie between 1 and 1 + 2^-10: to even, down
        [TestCase(1.00146484375f, 0x3C02)] // a tie: to even, up
        [TestCase(1.00048840046f, 0x3C01)] // just above a tie
        [TestCase(2047.9375f, 0x6800)] // rounding carries into the exponent
        [TestCase(65519.996f, 0x7BFF)]
        [TestCase(65520f, 0x7C00)]
        [TestCase(-1e30f, 0xFC00)]
        [TestCase(6.1035153e-05f, 0x0400)] // from the subnormals up to the smallest normal
        [TestCase(2.9802322387695312e-08f, 0x0000)] // 2^-25, a tie with zero
        [TestCase(2.9802325e-08f, 0x0001)] // just above it
        [TestCase(8.940696716308594e-08f, 0x0002)] // 1.5 * 2^-24, a tie: to even, up
        [TestCase(-1e-10f, 0x8000)]
        [TestCase(float.Epsilon, 0x0000)]
        [TestCase(-0f, 0x8000)]
        public void RoundsToNearestEven(float value, int bits) => Assert.That(Float16.FromSingle(value), Is.EqualTo((ushort)bits));

        [Test]
        public void EveryHalfComesBackAsItself()
        {
            for (int bits = 0; bits <= 0xFFFF; bits++)
            {
                bool isNaN = (bits & 0x7FFF) > 0x7C00;
                float wide = Float16.ToSingle((ushort)bits);
                if (float.IsNaN(wide) != isNaN) Assert.Fail($"{bits:X4} is {wide}");
                int expected = isNaN ? bits | 0x200 : bits; // a signalling NaN becomes quiet
                if (Float16.FromSingle(wide) != expected) Assert.Fail($"{bits:X4} came back as {Float16.FromSingle(wide):X4}");
            }
        }

        [Test]
        public void EveryMidpointGoesToTheEvenNeighbour()
        {
            for (int bits = 0; bits < 0x7BFF; bits++)
            {
                float middle = (Float16.ToSingle((ushort)bits) + Float16.ToSingle((ushort)(bits + 1))) / 2;
                int even = (bits & 1) == 0 ? bits : bits + 1;
                if (Float16.FromSingle(middle) != even) Assert.Fail($"between {bits:X4} and {bits + 1:X4}: {Float16.FromSingle(middle):X4}");
                float below = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(middle) - 1);
                float above = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(middle) + 1);
                if (Float16.FromSingle(below) != bits || Float16.FromSingle(-above) != (bits + 1 | 0x8000)) Assert.Fail($"beside the middle of {bits:X4} and {bits + 1:X4}");
            }
        }

        [TestCase(0x7FC00000, 0x7E00)]
        [TestCase(unchecked((int)0xFFC00000), 0xFE00)]
        [TestCase(0x7F800001, 0x7E00)] // a payload that would vanish stays NaN
        [TestCase(0x7FA02000, 0x7F01)]
        public void KeepsNaN(int single, int bits) => Assert.That(Float16.FromSingle(BitConverter.Int32BitsToSingle(single)), Is.EqualTo((ushort)bits));
    }
}
