namespace Recurrent.Diagnostics
{
    /// <summary>What an <see cref="IStateView"/> worked out, as panels that are drawn when they are looked at.</summary>
    /// <param name="skin">What it will be drawn with.</param>
    /// <param name="playhead">The number of the step to mark.</param>
    public delegate PanelGrid StateViewPicture(Skin skin, long playhead);
}
