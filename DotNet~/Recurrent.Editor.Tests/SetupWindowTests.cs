using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using RecurrentEditor.Setup;
using UnityEditor;
using UnityEditor.Build;
using UnityEditor.Double;
using UnityEditor.PackageManager;
using UnityEditor.PackageManager.Requests;
using UnityEngine;
using UnityEngine.TestTools;
using UnityEngine.UIElements;

namespace RecurrentEditor.Tests
{
    /// <summary>The set-up window over a project in a folder: its buttons and what they do to settings, manifest and package manager.</summary>
    public sealed class SetupWindowTests
    {
        private const string Ort = "com.github.asus4.onnxruntime";
        private const string Manifest = "{\n  \"dependencies\": {},\n  \"mine\": 1\n}\n";

        private string _folder = "";
        private string _before = "";

        [SetUp]
        public void MakeProject()
        {
            _folder = Directory.CreateTempSubdirectory().FullName;
            _before = Directory.GetCurrentDirectory();
            Directory.SetCurrentDirectory(_folder);
            Directory.CreateDirectory("Assets/Plugins");
            Directory.CreateDirectory("Packages");
            File.WriteAllText("Packages/manifest.json", Manifest);
        }

        [TearDown]
        public void DeleteProject()
        {
            Session.End();
            Directory.SetCurrentDirectory(_before);
            Directory.Delete(_folder, true);
        }

        [Test]
        public void TheMenuOpensIt()
        {
            Assert.That(EditorApplication.ExecuteMenuItem("Recurrent/Set-up"));
            Assert.That(EditorWindow.HasOpenInstances<SetupWindow>());
            Assert.That(OptionalPart.All.Select(part => Title(part.Package)), Is.EqualTo(new[]
            {
                "Burst — off", "ONNX Runtime — off", "ONNX Runtime: GPU, Windows — off", "ONNX Runtime: GPU, Linux — off", "MathNet.Numerics — off",
            }));
        }

        [Test]
        public void ADllGetsItsDefineForEveryTargetAndLosesIt()
        {
            File.WriteAllText("Assets/Plugins/Microsoft.ML.OnnxRuntime.dll", "");
            PlayerSettings.SetScriptingDefineSymbols(NamedBuildTarget.Android, "MINE;RECURRENT_ORT_DLL;YOURS");
            PlayerSettings.SetScriptingDefineSymbols(NamedBuildTarget.Standalone, "MINE");
            Open();
            Assert.That(Title(Ort), Does.EndWith("incomplete"));
            Press(Ort, "SetDefine");
            Assert.That(Title(Ort), Does.EndWith("on"));
            foreach (NamedBuildTarget target in new[] { NamedBuildTarget.Standalone, NamedBuildTarget.Server, NamedBuildTarget.iOS, NamedBuildTarget.WebGL, NamedBuildTarget.QNX })
                Assert.That(PlayerSettings.GetScriptingDefineSymbols(target), Does.EndWith("RECURRENT_ORT_DLL"), target.TargetName);
            Assert.That(PlayerSettings.GetScriptingDefineSymbols(NamedBuildTarget.Standalone), Is.EqualTo("MINE;RECURRENT_ORT_DLL"));
            Assert.That(PlayerSettings.GetScriptingDefineSymbols(NamedBuildTarget.Android), Is.EqualTo("MINE;RECURRENT_ORT_DLL;YOURS"), "it was right, and is not touched");
            Press(Ort, "RemoveDefine");
            Assert.That(PlayerSettings.GetScriptingDefineSymbols(NamedBuildTarget.Android), Is.EqualTo("MINE;YOURS"));
            Assert.That(PlayerSettings.GetScriptingDefineSymbols(NamedBuildTarget.Standalone), Is.EqualTo("MINE"));
            Press(Ort, "ShowAsset");
            Assert.That(AssetDatabase.GetAssetPath(Selection.activeObject), Is.EqualTo("Assets/Plugins/Microsoft.ML.OnnxRuntime.dll"));
        }

        [Test]
        public void WhereNothingIsNewItsButtonsStay()
        {
            Open();
            var window = EditorWindow.GetWindow<SetupWindow>();
            Box before = window.rootVisualElement.Q<Box>(Ort);
            window.Call("OnFocus");
            Assert.That(window.rootVisualElement.Q<Box>(Ort), Is.SameAs(before), "a click that brings the window to the front must find its button");
            File.WriteAllText("Assets/Plugins/Microsoft.ML.OnnxRuntime.dll", "");
            window.Call("OnFocus");
            Assert.That(window.rootVisualElement.Q<Box>(Ort), Is.Not.SameAs(before));
            Assert.That(Title(Ort), Does.EndWith("incomplete"));
        }

        [Test]
        public void ADefineLeftBehindIsNoticedAndMended()
        {
            File.WriteAllText("Assets/Plugins/MathNet.Numerics.dll", "");
            Open();
            Press("org.nuget.mathnet.numerics", "SetDefine");
            File.Delete("Assets/Plugins/MathNet.Numerics.dll");
            AssetDatabase.Refresh();
            LogAssert.Expect(LogType.Warning, new Regex("^MathNet.Numerics: The define RECURRENT_MATHNET_DLL was left behind.*Recurrent/Set-up"));
            SetupNotice.Look();
            SetupNotice.Look();
            LogAssert.NoUnexpectedReceived();
            Assert.That(Title("org.nuget.mathnet.numerics"), Does.EndWith("broken"));
            Press("org.nuget.mathnet.numerics", "RemoveDefine");
            Assert.That(Title("org.nuget.mathnet.numerics"), Does.EndWith("off"));
            Assert.That(PlayerSettings.GetScriptingDefineSymbols(NamedBuildTarget.Standalone), Is.Empty);
        }

        [Test]
        public void BurstIsAddedByOneClickAndFailsAloud()
        {
            Open();
            Press("com.unity.burst", "AddPackage");
            AddRequest request = Client.Requests.OfType<AddRequest>().Single();
            Assert.That(request.Asked, Is.EqualTo("add com.unity.burst"));
            Assert.That(Window.rootVisualElement.Q<ScrollView>().enabledInHierarchy, Is.False, "one thing at a time");
            request.Fail(ErrorCode.NotFound, "no network");
            Session.Advance(200);
            Assert.That(Window.rootVisualElement.Q<HelpBox>("said").text, Is.EqualTo("The package manager says: no network"));
            Press("com.unity.burst", "AddPackage");
            var burst = new UnityEditor.PackageManager.PackageInfo("com.unity.burst", "1.8.4");
            Client.Installed.Add(burst);
            Client.Requests.OfType<AddRequest>().Last().Succeed(burst);
            Session.Advance(200);
            Assert.That(Title("com.unity.burst"), Is.EqualTo("Burst — on"));
        }

        [Test]
        public void AnAddressThatIsPastedGoesIntoTheManifestAndThePackageIsAskedFor()
        {
            Open();
            Press(Ort, "AddPackageFromRegistry");
            var address = Box(Ort).Q<TextField>("address");
            var go = Box(Ort).Q<Button>("write-registry");
            Hand.Click(go);
            address.value = "nonsense";
            Assert.That(Box(Ort).Q<Label>("problem").text, Is.EqualTo("This is no address."));
            Hand.Click(go);
            Assert.That(File.ReadAllText("Packages/manifest.json"), Is.EqualTo(Manifest), "no click does anything before there is an address");
            address.value = "https://registry.example";
            Hand.Click(go);
            ProjectManifest written = ProjectManifest.Parse(File.ReadAllText("Packages/manifest.json"));
            Assert.That(written.ScopedRegistries.Single().Serves(Ort));
            Assert.That(written.Text, Does.StartWith(Manifest.TrimEnd('\n', '}')));
            Assert.That(Client.Requests.Last().Asked, Is.EqualTo($"add {Ort}@0.4.9"));
            Assert.That(Directory.GetFiles("Packages"), Has.Length.EqualTo(1), "nothing is left beside it");
        }

        [Test]
        public void ARegistryThatDidNotServeCanBeTakenOutAgain()
        {
            Open();
            Press(Ort, "AddPackageFromRegistry");
            Box(Ort).Q<TextField>("address").value = "https://registry.example";
            Hand.Click(Box(Ort).Q<Button>("write-registry"));
            Client.Requests.Last().Fail(ErrorCode.NotFound, "not found");
            Session.ReloadDomain();
            Window.Focus();
            Hand.Click(Window.rootVisualElement.Q<Button>("undo-registry"));
            Assert.That(File.ReadAllText("Packages/manifest.json"), Is.EqualTo(Manifest));
            Assert.That(Window.rootVisualElement.Q<Button>("undo-registry"), Is.Null);
        }

        [Test]
        public void ARegistryIsNotTakenOutOfAManifestThatSomebodyChanged()
        {
            Open();
            Press(Ort, "AddPackageFromRegistry");
            Box(Ort).Q<TextField>("address").value = "https://registry.example";
            Hand.Click(Box(Ort).Q<Button>("write-registry"));
            Client.Requests.Last().Fail(ErrorCode.NotFound, "not found");
            Session.Advance(200);
            File.WriteAllText("Packages/manifest.json", "{ }");
            Hand.Click(Window.rootVisualElement.Q<Button>("undo-registry"));
            Assert.That(File.ReadAllText("Packages/manifest.json"), Is.EqualTo("{ }"));
            Assert.That(Window.rootVisualElement.Q<HelpBox>("said").text, Does.Contain("was changed meanwhile"));
        }

        [Test]
        public void ARegistryOfTheManifestCanBeChosen()
        {
            File.WriteAllText("Packages/manifest.json", "{ \"scopedRegistries\": [ { \"name\": \"a\", \"url\": \"https://a.example\", \"scopes\": [ \"com.other\" ] } ] }");
            Open();
            Press("org.nuget.mathnet.numerics", "AddPackageFromRegistry");
            Box("org.nuget.mathnet.numerics").Q<DropdownField>("known").value = "https://a.example";
            Hand.Click(Box("org.nuget.mathnet.numerics").Q<Button>("write-registry"));
            Assert.That(File.ReadAllText("Packages/manifest.json"), Is.EqualTo("{ \"scopedRegistries\": [ { \"name\": \"a\", \"url\": \"https://a.example\", \"scopes\": [ \"com.other\", \"org.nuget\" ] } ] }"));
            Assert.That(Client.Requests.Last().Asked, Is.EqualTo("add org.nuget.mathnet.numerics@5.0.0"));
        }

        [Test]
        public void AMalformedManifestIsShownAndNeverWritten()
        {
            File.WriteAllText("Packages/manifest.json", "{ \"dependencies\": { }, }");
            Open();
            Assert.That(Window.rootVisualElement.Q<HelpBox>("manifest-problem").text, Does.Contain("line 1"));
            Assert.That(Box(Ort).Q<Button>("AddPackageFromRegistry"), Is.Null);
            Assert.That(Box("com.unity.burst").Q<Button>("AddPackage"), Is.Not.Null, "Unity's own registry needs no entry");
            Assert.That(File.ReadAllText("Packages/manifest.json"), Is.EqualTo("{ \"dependencies\": { }, }"));
        }

        [Test]
        public void ThePreambleOfAManifestStays()
        {
            File.WriteAllText("Packages/manifest.json", Manifest, new System.Text.UTF8Encoding(true));
            ManifestFile.Replace(Manifest, "{}");
            Assert.That(File.ReadAllBytes("Packages/manifest.json"), Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}' }));
            Assert.That(() => ManifestFile.Replace(Manifest, "{ }"), Throws.TypeOf<IOException>());
        }

        [Test]
        public void APackageIsRemovedOnceTheUserSaysSo()
        {
            Client.Installed.Add(new UnityEditor.PackageManager.PackageInfo(Ort, "0.4.9"));
            Open();
            Dialogs.Answer(1, 0);
            Press(Ort, "RemovePackage");
            Assert.That(Client.Requests.OfType<RemoveRequest>(), Is.Empty);
            Press(Ort, "RemovePackage");
            Assert.That(Client.Requests.OfType<RemoveRequest>().Single().PackageIdOrName, Is.EqualTo(Ort));
        }

        [Test]
        public void NuGetForUnityIsOpenedByItsMenu()
        {
            Client.Installed.Add(new UnityEditor.PackageManager.PackageInfo("com.github-glitchenzo.nugetforunity", "4.1.1"));
            Open();
            s_opened = 0;
            Press(Ort, "OpenNuGet");
            Assert.That(s_opened, Is.EqualTo(1));
            Press(Ort, "OpenPage");
            Assert.That(UnityEngine.Application.OpenedUrls.Single(), Is.EqualTo("https://github.com/asus4/onnxruntime-unity"));
        }

        private static int s_opened;

        [MenuItem("NuGet/Manage NuGet Packages")]
        private static void PretendToBeNuGet() => s_opened++;

        private static SetupWindow Window => (SetupWindow)Session.Windows.Single();

        private static void Open() => EditorApplication.ExecuteMenuItem("Recurrent/Set-up");

        private static VisualElement Box(string package) => Window.rootVisualElement.Q(package);

        private static string Title(string package) => Box(package).Q<Label>("title").text;

        private static void Press(string package, string deed) => Hand.Click(Box(package).Q<Button>(deed) ?? throw new InvalidOperationException($"{package} offers no {deed}."));
    }
}
