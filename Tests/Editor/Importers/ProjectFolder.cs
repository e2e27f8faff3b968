using System;
using System.IO;
using System.Linq;
using Recurrent;
using Recurrent.Diagnostics;
using UnityEditor;
using Object = UnityEngine.Object;

namespace RecurrentEditor.Tests
{
    /// <summary>A folder of the project for the files of a test, and what stands in them.</summary>
    internal sealed class ProjectFolder : IDisposable
    {
        private const string Folder = "Assets/RecurrentImporterTests";

        public ProjectFolder() => Directory.CreateDirectory(Folder);

        public string PathOf(string name) => $"{Folder}/{name}";

        /// <summary>Writes a file and imports it.</summary>
        /// <returns>Its main asset; null where there is none.</returns>
        public T? Import<T>(string name, byte[] bytes)
            where T : Object
        {
            File.WriteAllBytes(PathOf(name), bytes);
            AssetDatabase.ImportAsset(PathOf(name));
            return AssetDatabase.LoadAssetAtPath<T>(PathOf(name));
        }

        public void Dispose()
        {
            foreach (string file in Directory.GetFiles(Folder).Where(file => !file.EndsWith(".meta", StringComparison.Ordinal))) AssetDatabase.DeleteAsset(file.Replace('\\', '/'));
            AssetDatabase.DeleteAsset(Folder);
            if (Directory.Exists(Folder)) Directory.Delete(Folder, true);
        }

        // What stands in files

        public static SequenceModel Model() => new SequenceModel(("gru", new GRU(2, 3, seed: 1)), ("head", new Linear(3, 1, seed: 2)));

        /// <summary>As Python's <c>save_file(model.state_dict(), path)</c> leaves it: no word about layers.</summary>
        public static byte[] StateDictionary()
        {
            var writer = new SafeTensorsWriter();
            foreach (Parameter parameter in Model().Parameters) writer.Add(parameter.Name, parameter.Shape.ToArray(), parameter.Value.ToArray());
            return writer.ToArray();
        }

        public static byte[] Episodes() => Written(path => EpisodeFile.Save(path, new[]
        {
            new Episode(new EpisodeLayout(2, new[] { 3 }), new[] { 0.5f, -1f, 2f, 0.25f, -0.75f, 1f }, new[] { 0, 2, 1 }),
            new Episode(new EpisodeLayout(2, new[] { 3 }), new[] { -0.5f, 1f }, new[] { 2 }),
        }));

        public static byte[] States() => Written(path => RecordingFile.Save(path, new[] { Recording() }));

        /// <summary>A cell of 3 units, 40 steps from step 100 on.</summary>
        public static Recording Recording()
        {
            var layout = new RecordingLayout(RecordChannels.Input | RecordChannels.Hidden, 1, 0, 0, new[] { new RecordedCell("gru.l0", "GRU", 3, 3, false, Array.Empty<string>(), "not recorded") });
            var frames = new float[40 * layout.Width];
            for (int i = 0; i < frames.Length; i++) frames[i] = (i * 37 % 64 - 31) / 32f;
            return new Recording("NPC_07", layout, 100, frames);
        }

        private static byte[] Written(Action<string> write)
        {
            string path = Path.GetTempFileName();
            write(path);
            byte[] bytes = File.ReadAllBytes(path);
            File.Delete(path);
            return bytes;
        }
    }
}
