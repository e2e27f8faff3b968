namespace Recurrent.Diagnostics
{
    /// <summary>One view of a recording: a layout that can be drawn at any size, and what a person sees in it.</summary>
    public sealed class RecordingView
    {
        /// <summary>Puts a view together.</summary>
        /// <param name="name">A short name for a file: <c>gates-l0</c>.</param>
        /// <param name="caption">A sentence about what is shown.</param>
        /// <param name="grid">What is drawn.</param>
        /// <param name="height">A height in design units that suits a width of <see cref="Width"/>.</param>
        public RecordingView(string name, string caption, PanelGrid grid, int height)
        {
            Name = name;
            Caption = caption;
            Grid = grid;
            Height = height;
        }

        /// <summary>The width in design units for which <see cref="Height"/> is meant.</summary>
        public const int Width = 880;

        /// <summary>A short name for a file.</summary>
        public string Name { get; }

        /// <summary>A sentence about what is shown.</summary>
        public string Caption { get; }

        /// <summary>What is drawn.</summary>
        public PanelGrid Grid { get; }

        /// <summary>A height in design units.</summary>
        public int Height { get; }

        /// <summary>The picture, at the size that suits it and the density of the skin.</summary>
        public StateCanvas Draw(Skin skin) => Grid.Draw(Width * skin.Scale, Height * skin.Scale, skin);
    }
}
