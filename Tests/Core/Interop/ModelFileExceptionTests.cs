using System;
using System.IO;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class ModelFileExceptionTests
    {
        [Test]
        public void SaysPathAndReason()
        {
            var cause = new FormatException("x");
            var exception = new ModelFileException("a/model.safetensors", "the header is cut.", cause);
            Assert.That(exception, Is.InstanceOf<IOException>());
            Assert.That(exception.Path, Is.EqualTo("a/model.safetensors"));
            Assert.That(exception.Reason, Is.EqualTo("the header is cut."));
            Assert.That(exception.Message, Is.EqualTo("a/model.safetensors: the header is cut."));
            Assert.That(exception.InnerException, Is.SameAs(cause));
        }
    }
}
