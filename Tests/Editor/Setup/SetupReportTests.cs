using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using RecurrentEditor.Setup;

namespace RecurrentEditor.Tests.Setup
{
    /// <summary>What the set-up decides, as a table of projects.</summary>
    public sealed class SetupReportTests
    {
        private const string Ort = "com.github.asus4.onnxruntime";
        private const string OrtDll = "Assets/Packages/Microsoft.ML.OnnxRuntime.1.31.1/lib/netstandard2.0/Microsoft.ML.OnnxRuntime.dll";
        private const string MathNet = "org.nuget.mathnet.numerics";
        private const string MathNetDll = "Assets/Packages/MathNet.Numerics.5.0.0/lib/netstandard2.0/MathNet.Numerics.dll";
        private const string Empty = "{ \"dependencies\": {} }";
        private const string Served = "{ \"scopedRegistries\": [ { \"name\": \"a\", \"url\": \"https://a.example\", \"scopes\": [ \"com.github.asus4\", \"org.nuget\" ] } ], \"dependencies\": {} }";

        // ONNX Runtime: packages, DLLs, defines (of two targets), and what is said and offered.
        private static readonly TestCaseData[] Projects =
        {
            Project("nothing", "", "", "", "", "Off", "Not installed", $"AddPackageFromRegistry {Ort}@0.4.9; OpenPage"),
            Project("package", $"{Ort} 0.4.9", "", "", "", "On", "Package 0.4.9", $"RemovePackage {Ort}"),
            Project("the oldest package that is seen", $"{Ort} 0.4.0", "", "", "", "On", "Package 0.4.0", $"RemovePackage {Ort}"),
            Project("a preview of a package", $"{Ort} 0.5.0-preview.1", "", "", "", "On", "Package 0.5.0-preview.1", $"RemovePackage {Ort}"),
            Project("package, too old", $"{Ort} 0.3.9", "", "", "", "Incomplete", "too old", $"AddPackageFromRegistry {Ort}@0.4.9; OpenPage; RemovePackage {Ort}"),
            Project("DLL without its define", "", OrtDll, "", "", "Incomplete", "the define RECURRENT_ORT_DLL is not set.", $"SetDefine RECURRENT_ORT_DLL; ShowAsset {OrtDll}"),
            Project("DLL with its define for one target", "", OrtDll, "RECURRENT_ORT_DLL", "", "Incomplete", "is not set for Android", $"SetDefine RECURRENT_ORT_DLL; ShowAsset {OrtDll}"),
            Project("DLL with its define", "", OrtDll, "RECURRENT_ORT_DLL", "RECURRENT_ORT_DLL", "On", "with the define", $"RemoveDefine RECURRENT_ORT_DLL; ShowAsset {OrtDll}"),
            Project("package and DLL", $"{Ort} 0.4.9", OrtDll, "RECURRENT_ORT_DLL", "RECURRENT_ORT_DLL", "Broken", "here twice", $"ShowAsset {OrtDll}; RemovePackage {Ort}"),
            Project("package and DLL without the define", $"{Ort} 0.4.9", OrtDll, "", "", "Broken", "here twice", $"ShowAsset {OrtDll}; RemovePackage {Ort}"),
            Project("two DLLs", "", $"{OrtDll}|Assets/Plugins/Microsoft.ML.OnnxRuntime.dll", "RECURRENT_ORT_DLL", "RECURRENT_ORT_DLL", "Broken", "2 DLLs have one name",
                $"ShowAsset {OrtDll}; ShowAsset Assets/Plugins/Microsoft.ML.OnnxRuntime.dll"),
            Project("a DLL of somebody else's package", "", "Packages/com.other/Microsoft.ML.OnnxRuntime.dll", "", "", "Incomplete", "Packages/com.other", "SetDefine RECURRENT_ORT_DLL; ShowAsset Packages/com.other/Microsoft.ML.OnnxRuntime.dll"),
            Project("a DLL of a similar name", "", "Assets/My.Microsoft.ML.OnnxRuntime.dll", "", "", "Off", "Not installed", $"AddPackageFromRegistry {Ort}@0.4.9; OpenPage"),
            Project("define left behind by a DLL", "", "", "RECURRENT_ORT_DLL", "RECURRENT_ORT_DLL", "Broken", "was left behind", $"RemoveDefine RECURRENT_ORT_DLL; AddPackageFromRegistry {Ort}@0.4.9; OpenPage"),
            Project("define left behind for one target", "", "", "", "RECURRENT_ORT_DLL", "Broken", "was left behind", $"RemoveDefine RECURRENT_ORT_DLL; AddPackageFromRegistry {Ort}@0.4.9; OpenPage"),
            Project("define left behind, package there", $"{Ort} 0.4.9", "", "RECURRENT_ORT_DLL", "", "Incomplete", "was left behind", $"RemoveDefine RECURRENT_ORT_DLL; RemovePackage {Ort}"),
            Project("NuGetForUnity", "com.github-glitchenzo.nugetforunity 4.1.1", "", "", "", "Off", "Not installed", $"AddPackageFromRegistry {Ort}@0.4.9; OpenNuGet Microsoft.ML.OnnxRuntime; OpenPage"),
        };

        [TestCaseSource(nameof(Projects))]
        public void OnnxRuntime(string packages, string dlls, string first, string second, string state, string status, string actions)
        {
            SetupEntry entry = Entry(OptionalPart.OnnxRuntime, Facts(packages, dlls, first, second, Empty));
            Assert.That(entry.State.ToString(), Is.EqualTo(state));
            Assert.That(entry.Status, Does.Contain(status));
            Assert.That(Said(entry), Is.EqualTo(actions));
        }

        // Where a package comes from, by what the manifest says of registries.
        [TestCase(Served, "AddPackage")]
        [TestCase(Empty, "AddPackageFromRegistry")]
        [TestCase("{ \"scopedRegistries\": [ { \"name\": \"a\", \"url\": \"https://a.example\", \"scopes\": [ \"com.github\" ] } ] }", "AddPackage")]
        [TestCase("{ \"scopedRegistries\": [ { \"name\": \"a\", \"url\": \"https://a.example\", \"scopes\": [ \"com.github.asus\" ] } ] }", "AddPackageFromRegistry")]
        [TestCase("{ \"scopedRegistries\": [ { \"name\": \"disabled: no address\", \"url\": \"\", \"scopes\": [ \"com.github.asus4\" ] } ] }", "AddPackageFromRegistry")]
        [TestCase("{ \"scopedRegistries\": [ { \"name\": \"disabled: no scopes\", \"url\": \"https://a.example\" } ] }", "AddPackageFromRegistry")]
        [TestCase("{ \"scopedRegistries\": [ ], }", "OpenPage")]
        [TestCase("{ \"scopedRegistries\": { } }", "OpenPage")]
        [TestCase("{ // mine\n \"dependencies\": {} }", "OpenPage")]
        [TestCase(null, "OpenPage")]
        public void TheFirstThingOfferedForAPackage(string manifest, string deed) =>
            Assert.That(Entry(OptionalPart.OnnxRuntime, Facts("", "", "", "", manifest)).Actions[0].Deed.ToString(), Is.EqualTo(deed));

        [Test]
        public void AManifestThatCannotBeReadIsNamedWithItsLine()
        {
            var report = new SetupReport(Facts("", "", "", "", "{\n  \"dependencies\": {,}\n}"));
            Assert.That(report.ManifestProblem, Does.StartWith("Packages/manifest.json cannot be read, line 2: ").And.Contain("left as it is"));
            Assert.That(new SetupReport(Facts("", "", "", "", Empty)).ManifestProblem, Is.Null);
        }

        [TestCase("", "", "Off", "Not installed.", "AddPackage com.unity.burst")]
        [TestCase("com.unity.burst 1.8.4", "", "On", "Package 1.8.4.", "")]
        [TestCase("com.unity.burst 1.7.4", "", "Incomplete", "The package 1.7.4 is too old: 1.8.0 or later is seen.", "AddPackage com.unity.burst; RemovePackage com.unity.burst")]
        public void Burst(string packages, string dlls, string state, string status, string actions)
        {
            SetupEntry entry = Entry(OptionalPart.Burst, Facts(packages, dlls, "", "", Empty));
            Assert.That((entry.State.ToString(), entry.Status, Said(entry)), Is.EqualTo((state, status, actions)));
        }

        [TestCase("", "", "", "Off", "Not installed.")]
        [TestCase("org.nuget.mathnet.numerics 5.0.0", "Packages/org.nuget.mathnet.numerics/MathNet.Numerics.dll", "", "On", "Package 5.0.0.")]
        [TestCase("org.nuget.mathnet.numerics 5.0.0", "Packages/org.nuget.mathnet.numerics/MathNet.Numerics.dll|" + MathNetDll, "", "Broken", "It is here twice: the package 5.0.0, and " + MathNetDll + ". Keep one of them.")]
        [TestCase("", MathNetDll, "RECURRENT_MATHNET_DLL", "On", MathNetDll + ", with the define RECURRENT_MATHNET_DLL.")]
        [TestCase("", "", "RECURRENT_MATHNET_DLL", "Broken", "The define RECURRENT_MATHNET_DLL was left behind: MathNet.Numerics.dll is not here, and what needs it does not compile.")]
        public void MathNetNumerics(string packages, string dlls, string define, string state, string status)
        {
            SetupEntry entry = Entry(OptionalPart.MathNet, Facts(packages, dlls, define, define, Served));
            Assert.That((entry.State.ToString(), entry.Status), Is.EqualTo((state, status)));
            if (state == "Off") Assert.That(Said(entry), Is.EqualTo($"AddPackage {MathNet}@5.0.0; OpenPage"));
        }

        [TestCase("", "", "Off", "Needs ONNX Runtime first.", "")]
        [TestCase("", OrtDll, "Off", "Belongs to the package com.github.asus4.onnxruntime; with a DLL, take Microsoft.ML.OnnxRuntime.Gpu instead of Microsoft.ML.OnnxRuntime.", "")]
        [TestCase(Ort + " 0.4.9", "", "Off", "Not installed.", "AddPackage com.github.asus4.onnxruntime.win-x64-gpu@0.4.9; OpenPage")]
        [TestCase(Ort + " 0.4.9|com.github.asus4.onnxruntime.win-x64-gpu 0.4.9", "", "On", "Package 0.4.9.", "RemovePackage com.github.asus4.onnxruntime.win-x64-gpu")]
        [TestCase("com.github.asus4.onnxruntime.win-x64-gpu 0.4.9", "", "Incomplete", "Package 0.4.9, of no use without com.github.asus4.onnxruntime.", "RemovePackage com.github.asus4.onnxruntime.win-x64-gpu")]
        [TestCase(Ort + " 0.4.9|com.github.asus4.onnxruntime.win-x64-gpu 0.4.7", "", "Broken", "Package 0.4.7, and com.github.asus4.onnxruntime 0.4.9: two versions of one library. Make them the same.",
            "AddPackage com.github.asus4.onnxruntime.win-x64-gpu@0.4.9; OpenPage; AddPackage com.github.asus4.onnxruntime@0.4.9; OpenPage; RemovePackage com.github.asus4.onnxruntime.win-x64-gpu")]
        public void TheGpuPackage(string packages, string dlls, string state, string status, string actions)
        {
            SetupEntry entry = Entry(OptionalPart.WindowsGpu, Facts(packages, dlls, "", "", Served));
            Assert.That((entry.State.ToString(), entry.Status, Said(entry)), Is.EqualTo((state, status, actions)));
        }

        [Test]
        public void AlarmsAreWhatIsBroken()
        {
            Assert.That(new SetupReport(Facts("", "", "RECURRENT_ORT_DLL;RECURRENT_MATHNET_DLL", "", Empty)).Alarms.Select(alarm => alarm.Split(':')[0]), Is.EqualTo(new[] { "ONNX Runtime", "MathNet.Numerics" }));
            Assert.That(new SetupReport(Facts("", OrtDll, "", "", Empty)).Alarms, Is.Empty);
        }

        [TestCase("https://registry.example", null)]
        [TestCase(" https://registry.example/path ", null)]
        [TestCase("", "No address yet.")]
        [TestCase("registry.example", "This is no address.")]
        [TestCase("http://registry.example", "The address must begin with https://")]
        [TestCase("file:///etc", "The address must begin with https://")]
        [TestCase("https://me:secret@registry.example", "The address must hold no name, password, question mark or #.")]
        [TestCase("https://registry.example?a", "The address must hold no name, password, question mark or #.")]
        public void AddressesOfRegistries(string address, string problem) => Assert.That(SetupReport.ProblemOf(address), Is.EqualTo(problem));

        private static TestCaseData Project(string name, params string[] row) => new TestCaseData(row.Cast<object>().ToArray()).SetName("{m}: " + name);

        private static SetupEntry Entry(OptionalPart part, SetupFacts facts) => new SetupReport(facts).Entries.Single(entry => entry.Part == part);

        private static string Said(SetupEntry entry) => string.Join("; ", entry.Actions.Select(action => action.Deed == SetupDeed.OpenPage ? "OpenPage" : action.ToString()));

        private static SetupFacts Facts(string packages, string dlls, string first, string second, string? manifest) => new SetupFacts
        {
            Packages = packages.Split('|').Where(entry => entry.Length > 0).ToDictionary(entry => entry.Split(' ')[0], entry => entry.Split(' ')[1]),
            Dlls = dlls.Split('|').Where(path => path.Length > 0).ToList(),
            Defines = new Dictionary<string, IReadOnlyList<string>> { ["Standalone"] = first.Split(';'), ["Android"] = second.Split(';') },
            Manifest = manifest,
            HasNuGetForUnity = packages.Contains("nugetforunity"),
        };
    }
}
