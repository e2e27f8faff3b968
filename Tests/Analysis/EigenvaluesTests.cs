using System;
using System.Linq;
using System.Numerics;
using NUnit.Framework;
using Recurrent.Analysis;

namespace Recurrent.Tests.Analysis
{
    public class EigenvaluesTests
    {
        [Test]
        public void ARotationKeepsLengths()
        {
            // 0.9 times a rotation by 30°: eigenvalues 0.9 e^(±i 30°).
            float c = 0.9f * MathF.Cos(MathF.PI / 6), s = 0.9f * MathF.Sin(MathF.PI / 6);
            float[] matrix = { c, -s, s, c };
            Assert.That(Eigenvalues.SpectralRadius(matrix, 2), Is.EqualTo(0.9).Within(1e-6));
            Complex[] values = Eigenvalues.Of(matrix, 2);
            Assert.That(values[0].Phase, Is.EqualTo(Math.PI / 6).Within(1e-6));
            Assert.That(values[1].Phase, Is.EqualTo(-Math.PI / 6).Within(1e-6));
        }

        [Test]
        public void KnownMatrices()
        {
            Assert.That(Eigenvalues.Of(new float[] { 2, 7, 1, 0, -5, 3, 0, 0, 4 }, 3).Select(value => value.Real), Is.EqualTo(new[] { -5.0, 4, 2 }).Within(1e-9)); // triangular
            Assert.That(Eigenvalues.Of(new float[] { 2, 1, 1, 2 }, 2).Select(value => value.Real), Is.EqualTo(new[] { 3.0, 1 }).Within(1e-9)); // symmetric
            Assert.That(Eigenvalues.SpectralRadius(new float[16], 4), Is.EqualTo(0));
            Assert.That(Eigenvalues.SpectralRadius(new float[] { 0, 1, 0, 0 }, 2), Is.EqualTo(0).Within(1e-9)); // nilpotent: fades, though its norm is 1
            Assert.That(Eigenvalues.SpectralRadius(new float[] { -3 }, 1), Is.EqualTo(3));
        }

        [Test]
        public void ACyclicPermutationLiesOnTheUnitCircle()
        {
            const int size = 64;
            var matrix = new float[size * size];
            for (int i = 0; i < size; i++) matrix[i * size + (i + 1) % size] = 1;
            foreach (Complex value in Eigenvalues.Of(matrix, size)) Assert.That(value.Magnitude, Is.EqualTo(1).Within(1e-9));
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            Assert.That(() => Eigenvalues.Of(new float[6], 2), Throws.ArgumentException.With.Message.Contains("2 × 2 values, got 3 × 2"));
            Assert.That(() => Eigenvalues.Of(new[] { 0, 0, 0, float.NaN }, 2), Throws.ArgumentException.With.Message.Contains("row 1, column 1 holds NaN"));
        }
    }
}
