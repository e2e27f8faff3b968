using System.Collections.Generic;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class ParameterStoreTests
    {
        [Test]
        public void ParametersAreViewsIntoTheTwoArrays()
        {
            var layer = new Linear(2, 3);
            ParameterStore store = layer.Store;
            Assert.That(store.Length, Is.EqualTo(9));
            store["weight"].Set(new float[] { 1, 2, 3, 4, 5, 6 });
            store["bias"].Fill(7);
            Assert.That(store.Values, Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6, 7, 7, 7 }));
            store["bias"].Gradient[1] = 8;
            Assert.That(store.Gradients, Is.EqualTo(new float[] { 0, 0, 0, 0, 0, 0, 0, 8, 0 }));
            store.ClearGradients();
            Assert.That(store["bias"].Gradient.ToArray(), Is.All.Zero);
            Assert.That(store["weight"].Shape, Is.EqualTo(new[] { 3, 2 }));
            Assert.That(store["weight"].Length, Is.EqualTo(6));
        }

        [Test]
        public void EveryChangeOfAValueRaisesTheVersion()
        {
            var layer = new Linear(1, 1);
            int version = layer.Store.Version;
            layer.Store["bias"].Fill(1);
            Assert.That(layer.Store.Version, Is.GreaterThan(version));
            version = layer.Store.Version;
            layer.Store["bias"].Set(new float[] { 2 });
            Assert.That(layer.Store.Version, Is.GreaterThan(version));
            version = layer.Store.Version;
            layer.Initialize(3);
            Assert.That(layer.Store.Version, Is.GreaterThan(version));
        }

        [Test]
        public void ANameThatIsNotThereIsAnsweredWithThoseThatAre() => Assert.That(() => new Linear(2, 3).Store["wieght"],
            Throws.TypeOf<KeyNotFoundException>().With.Message.EqualTo("No parameter is called 'wieght'; there are weight (3, 2), bias (3)."));

        [Test]
        public void AParameterTakesAsManyValuesAsItHas() => Assert.That(() => new Linear(2, 3).Store["weight"].Set(new float[5]),
            Throws.ArgumentException.With.Message.StartsWith("weight (3, 2): expected 6 values, got 5."));
    }
}
