using System.IO;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using Recurrent.Diagnostics;
using UnityEditor;
using UnityEngine;

namespace RecurrentEditor.Tests
{
    /// <summary>What an importer hands over as picture, which in an editor only the project window shows.</summary>
    public sealed class ThumbnailTests
    {
        [Test]
        public void TheThumbnailIsTheCardTheRightWayUp()
        {
            using var folder = new ProjectFolder();
            var asset = folder.Import<SequenceModelAsset>("guard.safetensors", ProjectFolder.Model().ToBytes())!;
            Texture2D thumbnail = AssetDatabase.ContextOf(folder.PathOf("guard.safetensors")).ThumbnailOf(asset);
            StateCanvas picture = AssetPicture.Of(asset.Card);
            Assert.That((thumbnail.width, thumbnail.height), Is.EqualTo((AssetPicture.Size, AssetPicture.Size)));
            Color32[] pixels = thumbnail.GetPixels32();
            for (int y = 0; y < AssetPicture.Size; y += 5)
                for (int x = 0; x < AssetPicture.Size; x += 3)
                {
                    Color32 got = pixels[(AssetPicture.Size - 1 - y) * AssetPicture.Size + x];
                    Rgba wanted = picture[x, y];
                    Assert.That((got.r, got.g, got.b, got.a), Is.EqualTo((wanted.R, wanted.G, wanted.B, wanted.A)), $"{x}, {y}");
                }
        }

        [Test]
        public void AnAssetThatNoImporterMadeHasThePictureToo()
        {
            SequenceModelAsset asset = SequenceModelAsset.Create(ProjectFolder.Model());
            Texture2D preview = Editor.CreateEditor(asset).RenderStaticPreview("Assets/guard.asset", new Object[0], 64, 32);
            Assert.That((preview.width, preview.height), Is.EqualTo((64, 32)));
            StateCanvas picture = AssetPicture.Of(asset.Card);
            foreach ((int x, int y) in new[] { (0, 0), (1, 31), (12, 5), (40, 20) })
            {
                Color32 got = preview.GetPixels32()[(31 - y) * 64 + x];
                Assert.That((got.r, got.g, got.b), Is.EqualTo((picture[2 * x, 4 * y].R, picture[2 * x, 4 * y].G, picture[2 * x, 4 * y].B)), $"{x}, {y}");
            }
            foreach (ScriptableObject empty in new ScriptableObject[] { ScriptableObject.CreateInstance<SequenceModelAsset>(), ScriptableObject.CreateInstance<EpisodesAsset>(), ScriptableObject.CreateInstance<StateRecordingAsset>() })
                Assert.That(Editor.CreateEditor(empty).RenderStaticPreview("Assets/empty.asset", new Object[0], 64, 64) == null, empty.GetType().Name);
        }

        [Test]
        public void AFileOfAPackageIsFoundWhereThePackageLies()
        {
            string elsewhere = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            Directory.CreateDirectory(elsewhere);
            AssetDatabase.PackageFolders["com.example.npc"] = elsewhere;
            try
            {
                File.WriteAllBytes(Path.Combine(elsewhere, "guard.safetensors"), ProjectFolder.Model().ToBytes());
                Assert.That(AssetDatabase.LoadAssetAtPath<SequenceModelAsset>("Packages/com.example.npc/guard.safetensors").Card.Layers, Is.EqualTo("GRU(2→3) → Linear(3→1)"));
            }
            finally
            {
                AssetDatabase.PackageFolders.Remove("com.example.npc");
                Directory.Delete(elsewhere, true);
            }
        }
    }
}
