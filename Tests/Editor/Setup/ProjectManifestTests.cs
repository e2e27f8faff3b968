using System;
using System.Linq;
using NUnit.Framework;
using RecurrentEditor.Setup;

namespace RecurrentEditor.Tests.Setup
{
    /// <summary>A manifest gets a registry, and all else in it stays to the letter.</summary>
    public sealed class ProjectManifestTests
    {
        private const string Plain = "{\n  \"dependencies\": {\n    \"com.unity.burst\": \"1.8.4\"\n  },\n  \"testables\": [\"a\"]\n}\n";

        [Test]
        public void ARegistryIsWrittenAtTheEndAsTheFileIsLaidOut() => Assert.That(With(Plain),
            Is.EqualTo("{\n  \"dependencies\": {\n    \"com.unity.burst\": \"1.8.4\"\n  },\n  \"testables\": [\"a\"],\n  \"scopedRegistries\": [\n    {\n      \"name\": \"r.example\",\n"
                + "      \"url\": \"https://r.example\",\n      \"scopes\": [\"com.new\"]\n    }\n  ]\n}\n"));

        [Test]
        public void ALineEndsAsTheFilesLinesDo() => Assert.That(With(Plain.Replace("\n", "\r\n")), Is.EqualTo(With(Plain).Replace("\n", "\r\n")));

        [TestCase("{}", "{\"scopedRegistries\": [\n    {\n      \"name\": \"r.example\",\n      \"url\": \"https://r.example\",\n      \"scopes\": [\"com.new\"]\n    }\n  ]}")]
        [TestCase("{\"scopedRegistries\":[]}", "{\"scopedRegistries\":[{\n      \"name\": \"r.example\",\n      \"url\": \"https://r.example\",\n      \"scopes\": [\"com.new\"]\n    }]}")]
        [TestCase("{\"scopedRegistries\":[{\"url\":\"https://R.example/\",\"name\":\"x\",\"scopes\":[\"a\"],\"own\":1e2}]}", "{\"scopedRegistries\":[{\"url\":\"https://R.example/\",\"name\":\"x\",\"scopes\":[\"a\", \"com.new\"],\"own\":1e2}]}")]
        [TestCase("{\"scopedRegistries\":[{\"url\":\"https://r.example\",\"scopes\":[\n\"a\"\n]}]}", "{\"scopedRegistries\":[{\"url\":\"https://r.example\",\"scopes\":[\n\"a\",\n\"com.new\"\n]}]}")]
        [TestCase("{\"scopedRegistries\":[{\"url\":\"https://r.example\"}]}", "{\"scopedRegistries\":[{\"url\":\"https://r.example\", \"scopes\": [\"com.new\"]}]}")]
        [TestCase("{\"scopedRegistries\":[{\"url\":\"https://r.example\",\"scopes\":[\"com.new\"]}]}", "{\"scopedRegistries\":[{\"url\":\"https://r.example\",\"scopes\":[\"com.new\"]}]}")]
        public void WhatIsThereStays(string before, string after) => Assert.That(With(before), Is.EqualTo(after));

        [Test]
        public void AnotherRegistryComesBehindTheFirst()
        {
            string text = With("{ \"scopedRegistries\": [ { \"name\": \"a\\u0022\", \"url\": \"https://a.example\", \"scopes\": [ \"b\" ] } ], \"x\": [null, true, -0.5E+3] }");
            Assert.That(text, Does.StartWith("{ \"scopedRegistries\": [ { \"name\": \"a\\u0022\", \"url\": \"https://a.example\", \"scopes\": [ \"b\" ] }, {").And.EndWith(" ], \"x\": [null, true, -0.5E+3] }"));
            ProjectManifest again = ProjectManifest.Parse(text);
            Assert.That(again.ScopedRegistries.Select(registry => registry.Name), Is.EqualTo(new[] { "a\"", "r.example" }));
            Assert.That(again.ScopedRegistries[1].Serves("com.new.thing"));
            Assert.That(again.ScopedRegistries[1].Serves("com.newer"), Is.False);
            Assert.That(With(text), Is.EqualTo(text), "a second time changes nothing");
        }

        [TestCase("", "line 1: it ends too early")]
        [TestCase("[]", "line 1: it is not an object")]
        [TestCase("{\n\"a\": 1,\n}", "line 3: '\"' is missing")]
        [TestCase("{\"a\": 1} x", "line 1: there is more after the end")]
        [TestCase("{\"a\": 1, \"a\": 2}", "line 1: \"a\" stands twice")]
        [TestCase("{\"a\": 01}", "line 1: ',' is missing")]
        [TestCase("{\"a\": .5}", "line 1: '.' begins no value")]
        [TestCase("{\"a\": 1.}", "line 1: a number lacks digits")]
        [TestCase("{\"a\": \"\\x\"}", "line 1: '\\x' is no escape")]
        [TestCase("{\"a\": \"\\u12g4\"}", "line 1: '\\u' needs four hexadecimal digits")]
        [TestCase("{\"a\": \"\n\"}", "line 1: a string does not end")]
        [TestCase("{\"a\": tru}", "line 1: 'true' is missing")]
        [TestCase("{'a': 1}", "line 1: '\"' is missing")]
        [TestCase("{\"a\": 1 // one\n}", "line 1: ',' is missing")]
        [TestCase("{\"scopedRegistries\": [1]}", "\"scopedRegistries\" is not a list of objects")]
        public void WhatIsNoManifestIsRefused(string text, string message) => Assert.That(() => ProjectManifest.Parse(text), Throws.TypeOf<FormatException>().With.Message.EqualTo(message));

        [Test]
        public void NestingHasAnEnd() => Assert.That(() => ProjectManifest.Parse("{\"a\":" + new string('[', 100000) + "}"), Throws.TypeOf<FormatException>().With.Message.Contains("too deeply"));

        [Test]
        public void ScopesThatAreNoListAreLeftAlone() =>
            Assert.That(() => With("{\"scopedRegistries\":[{\"name\":\"x\",\"url\":\"https://r.example\",\"scopes\":\"a\"}]}"), Throws.TypeOf<FormatException>().With.Message.Contains("not a list"));

        private static string With(string text) => ProjectManifest.Parse(text).WithScope("r.example", "https://r.example", "com.new").Text;
    }
}
