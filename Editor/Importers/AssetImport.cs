using System;
using System.IO;
using System.Runtime.InteropServices;
using Recurrent;
using Recurrent.Diagnostics;
using UnityEditor;
using UnityEditor.AssetImporters;
using UnityEngine;
using Object = UnityEngine.Object;

namespace RecurrentEditor
{
    /// <summary>What the importers share: a file becomes one object with a picture, or one line in the console that says which file and why.</summary>
    internal static class AssetImport
    {
        /// <summary>The largest file that becomes an asset. A larger one is no asset of a game's project; scripts can load it.</summary>
        public const long MaxBytes = 512L << 20;

        // Part of every reference to an imported object: it must not change.
        private const string MainObject = "main";

        public static void Run(AssetImportContext context, Func<string, (Object Asset, StateCanvas Picture)> read)
        {
            try
            {
                string file = FileUtil.GetPhysicalPath(context.assetPath);
                long length = new FileInfo(file).Length;
                if (length > MaxBytes) throw new ModelFileException(context.assetPath, $"has {length >> 20} MB; {MaxBytes >> 20} MB can be imported. Scripts can load it from StreamingAssets.");
                (Object asset, StateCanvas picture) = read(file);
                asset.name = Path.GetFileNameWithoutExtension(context.assetPath);
                context.AddObjectToAsset(MainObject, asset, ToTexture(picture));
                context.SetMainObject(asset);
            }
            catch (ModelFileException e)
            {
                context.LogImportError(Line(context, e.Reason));
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                context.LogImportError(Line(context, e.Message));
            }
        }

        /// <summary>A line for the console: which file, and what of it.</summary>
        public static string Line(AssetImportContext context, string text) => $"{context.assetPath}: {text}";

        /// <summary>A picture as a texture, whose rows count from below.</summary>
        public static Texture2D ToTexture(StateCanvas picture)
        {
            var pixels = new byte[picture.Pixels.Length * 4];
            Span<uint> rows = MemoryMarshal.Cast<byte, uint>(pixels.AsSpan());
            for (int y = 0; y < picture.Height; y++) picture.Pixels.AsSpan(y * picture.Width, picture.Width).CopyTo(rows.Slice((picture.Height - 1 - y) * picture.Width));
            var texture = new Texture2D(picture.Width, picture.Height, TextureFormat.RGBA32, false);
            texture.LoadRawTextureData(pixels);
            texture.Apply();
            return texture;
        }
    }
}
