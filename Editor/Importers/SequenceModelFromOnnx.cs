using System;
using System.IO;
using Recurrent;
using Recurrent.Components;
using UnityEditor;
using UnityEngine;

namespace RecurrentEditor
{
    /// <summary>Assets / Create / Recurrent / Sequence Model from ONNX: a <see cref="SequenceModelAsset"/> of its own beside an .onnx file, which whoever imports it keeps.</summary>
    public static class SequenceModelFromOnnx
    {
        private const string Title = "Sequence Model from ONNX", Extension = ".onnx";

        /// <summary>Of the selected .onnx file, or where none is selected, of one that is asked for.</summary>
        [MenuItem("Assets/Create/Recurrent/Sequence Model from ONNX", false, 221)]
        public static void Create()
        {
            string selected = AssetDatabase.GetAssetPath(Selection.activeObject);
            bool isOnnx = selected.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
            string file = isOnnx ? selected : EditorUtility.OpenFilePanel(Title, "", Extension.Substring(1));
            if (file.Length == 0) return;
            SequenceModelAsset? asset = Create(file, FolderFor(selected));
            if (asset != null) Selection.activeObject = asset;
        }

        // A package may be one that nobody writes into.
        internal static string FolderFor(string selected)
        {
            if (!selected.StartsWith("Assets/", StringComparison.Ordinal)) return "Assets";
            return AssetDatabase.IsValidFolder(selected) ? selected : Path.GetDirectoryName(selected)!.Replace('\\', '/');
        }

        /// <summary>Makes the asset.</summary>
        /// <param name="file">The .onnx file, in the project or anywhere.</param>
        /// <param name="folder">The folder of the project in which the asset will be.</param>
        /// <returns>The asset, saved; null where the file is bad, which the console then says.</returns>
        public static SequenceModelAsset? Create(string file, string folder)
        {
            try
            {
                (byte[] bytes, ModelCard card) = OnnxModelImporter.Read(FileUtil.GetPhysicalPath(file), file);
                SequenceModelAsset asset = SequenceModelAsset.Create(bytes, ModelFormat.Onnx);
                AssetDatabase.CreateAsset(asset, AssetDatabase.GenerateUniqueAssetPath($"{folder}/{Path.GetFileNameWithoutExtension(file)}.asset"));
                if (card.WhyNotLayers != null) Debug.LogWarning($"{file}: plays in ONNX Runtime only, for it does not fit into layers: {card.WhyNotLayers}", asset);
                foreach (string warning in card.Warnings) Debug.LogWarning($"{file}: {warning}", asset);
                return asset;
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                Debug.LogError(e is ModelFileException bad ? bad.Message : $"{file}: {e.Message}");
                return null;
            }
        }
    }
}
