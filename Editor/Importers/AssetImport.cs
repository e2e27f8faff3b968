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

        /// <summary>The picture of an asset that is asked for at some size; null where its bytes are bad or none.</summary>
        public static Texture2D? Preview(Func<StateCanvas> paint, int width, int height)
        {
            try
            {
                return ToTexture(paint(), width, height);
            }
            catch (ModelFileException)
            {
                return null;
            }
        }

        /// <summary>A picture as a texture, whose rows count from below; of another size where that is asked for, with the pixels as they are.</summary>
        public static Texture2D ToTexture(StateCanvas picture, int width = AssetPicture.Size, int height = AssetPicture.Size)
        {
            var pixels = new byte[width * height * 4];
            Span<uint> texels = MemoryMarshal.Cast<byte, uint>(pixels.AsSpan());
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++) texels[(height - 1 - y) * width + x] = picture.Pixels[y * picture.Height / height * picture.Width + x * picture.Width / width];
            var texture = new Texture2D(width, height, TextureFormat.RGBA32, false);
            texture.LoadRawTextureData(pixels);
            texture.Apply();
            return texture;
        }
    }
}
