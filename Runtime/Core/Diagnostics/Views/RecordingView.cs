namespace Recurrent.Diagnostics
{
    /// <summary>One view of a recording: a layout that can be drawn at any size, and what a person sees in it.</summary>
    public sealed class RecordingView
    {
        /// <summary>Puts a view together.</summary>
        /// <param name="name">A short name for a file: <c>gates-l0</c>.</param>
        /// <param name="caption">A sentence about what is shown.</param>
        /// <param name="grid">What is drawn.</param>
        /// <param name="height">A height in design units that suits it.</param>
        /// <param name="width">A width in design units that suits it.</param>
        public RecordingView(string name, string caption, PanelGrid grid, int height, int width = DefaultWidth)
        {
            Width = width;
            Name = name;
            Caption = caption;
            Grid = grid;
            Height = height;
        }

        /// <summary>The width in design units of most views.</summary>
        public const int DefaultWidth = 880;

        /// <summary>A short name for a file.</summary>
        public string Name { get; }

        /// <summary>A sentence about what is shown.</summary>
        public string Caption { get; }

        /// <summary>What is drawn.</summary>
        public PanelGrid Grid { get; }

        /// <summary>A width in design units.</summary>
        public int Width { get; }

        /// <summary>A height in design units.</summary>
        public int Height { get; }

        /// <summary>The picture, at the size that suits it and the density of the skin.</summary>
        public StateCanvas Draw(Skin skin) => Grid.Draw(Width * skin.Scale, Height * skin.Scale, skin);
    }
}
