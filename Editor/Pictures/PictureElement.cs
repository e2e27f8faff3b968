using System;
using Recurrent.Diagnostics;
using UnityEditor;
using UnityEngine;
using UnityEngine.UIElements;

namespace RecurrentEditor
{
    /// <summary>Shows what is painted on a <see cref="StateCanvas"/>, pixel by pixel, in the element's own size and the editor's skin. Paints when it is told to, and when its size changes.</summary>
    internal sealed class PictureElement : Image
    {
        private readonly Func<int, int, Skin, StateCanvas?> _paint;
        private Texture2D? _texture;
        private uint[] _rows = Array.Empty<uint>();

        /// <param name="paint">Paints a picture of so many pixels; null for nothing to show.</param>
        public PictureElement(Func<int, int, Skin, StateCanvas?> paint)
        {
            _paint = paint;
            scaleMode = ScaleMode.StretchToFill;
            RegisterCallback<GeometryChangedEvent>(_ => Paint());
            // A window behind a tab leaves its panel and comes back in the size it had. When scripts are loaded anew panels vanish without a word, and textures would not.
            RegisterCallback<AttachToPanelEvent>(_ =>
            {
                AssemblyReloadEvents.beforeAssemblyReload += Free;
                Paint();
            });
            RegisterCallback<DetachFromPanelEvent>(_ =>
            {
                AssemblyReloadEvents.beforeAssemblyReload -= Free;
                Free();
            });
        }

        /// <summary>The skin that suits the editor's.</summary>
        public static Skin EditorSkin => (EditorGUIUtility.isProSkin ? Skin.Dark : Skin.Light).WithScale(Math.Min(BitmapFont.MaxScale, Math.Max(1, (int)Math.Round(EditorGUIUtility.pixelsPerPoint))));

        /// <summary>Paints it anew, where it can be seen.</summary>
        public void Paint()
        {
            Rect place = contentRect;
            // Not laid out yet, or folded away.
            if (panel == null || !(place.width >= 1) || !(place.height >= 1)) return;
            float density = EditorGUIUtility.pixelsPerPoint;
            StateCanvas? canvas = _paint((int)(place.width * density), (int)(place.height * density), EditorSkin);
            if (canvas == null) Free();
            else Show(canvas);
        }

        private void Show(StateCanvas canvas)
        {
            if (_texture == null || _texture.width != canvas.Width || _texture.height != canvas.Height)
            {
                Free();
                _texture = new Texture2D(canvas.Width, canvas.Height, TextureFormat.RGBA32, false) { filterMode = FilterMode.Point, hideFlags = HideFlags.HideAndDontSave };
                _rows = new uint[canvas.Pixels.Length];
                image = _texture;
            }
            // A canvas counts its rows from the top, a texture from the bottom.
            for (int y = 0; y < canvas.Height; y++) Array.Copy(canvas.Pixels, y * canvas.Width, _rows, (canvas.Height - 1 - y) * canvas.Width, canvas.Width);
            _texture.SetPixelData(_rows, 0);
            _texture.Apply(false);
            MarkDirtyRepaint();
        }

        private void Free()
        {
            image = null;
            if (_texture != null) UnityEngine.Object.DestroyImmediate(_texture);
            _texture = null;
        }
    }
}
