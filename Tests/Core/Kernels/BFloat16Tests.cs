using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class BFloat16Tests
    {
        [TestCase(0x0000, 0f)]
        [TestCase(0x3F80, 1f)]
        [TestCase(0xC2F7, -123.5f)]
        [TestCase(0x7F7F, 3.3895314e38f)]
        [TestCase(0x0080, 1.1754944e-38f)] // the smallest normal
        [TestCase(0x0001, 9.1835e-41f)] // the smallest subnormal
        [TestCase(0xFF80, float.NegativeInfinity)]
        public void IsExactBothWays(int bits, float value)
        {
            Assert.That(BFloat16.ToSingle((ushort)bits), Is.EqualTo(value));
            Assert.That(BFloat16.FromSingle(value), Is.EqualTo((ushort)bits));
        }

        [TestCase(0x3F808000, 0x3F80)] // a tie: to even, down
        [TestCase(0x3F818000, 0x3F82)] // a tie: to even, up
        [TestCase(0x3F808001, 0x3F81)]
        [TestCase(0x3F7FFFFF, 0x3F80)] // rounding carries into the exponent
        [TestCase(0x7F7FFFFF, 0x7F80)] // float.MaxValue is beyond the largest
        [TestCase(0x00008000, 0x0000)] // a subnormal's tie with zero
        [TestCase(0x00008001, 0x0001)]
        [TestCase(unchecked((int)0x80000001), 0x8000)]
        [TestCase(0x7F800001, 0x7FC0)] // a NaN whose payload would vanish
        [TestCase(unchecked((int)0xFFFFFFFF), 0xFFFF)]
        public void RoundsToNearestEven(int single, int bits) => Assert.That(BFloat16.FromSingle(BitConverter.Int32BitsToSingle(single)), Is.EqualTo((ushort)bits));

        [Test]
        public void EveryValueComesBackAsItself()
        {
            for (int bits = 0; bits <= 0xFFFF; bits++)
            {
                int expected = (bits & 0x7FFF) > 0x7F80 ? bits | 0x40 : bits;
                if (BFloat16.FromSingle(BFloat16.ToSingle((ushort)bits)) != expected) Assert.Fail($"{bits:X4}");
            }
        }
    }
}
