namespace Recurrent.Diagnostics
{
    /// <summary>The form of a marker, so that curves can be told apart without colour.</summary>
    public enum MarkerShape
    {
        /// <summary>No marker.</summary>
        None,

        /// <summary>A disc.</summary>
        Circle,

        /// <summary>A square on its side.</summary>
        Square,

        /// <summary>A square on its corner.</summary>
        Diamond,

        /// <summary>A triangle that points up.</summary>
        Triangle,

        /// <summary>An upright cross.</summary>
        Plus,

        /// <summary>A diagonal cross.</summary>
        Cross,
    }
}
