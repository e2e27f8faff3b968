namespace Recurrent.Diagnostics
{
    /// <summary>What a message between a viewer and a game says.</summary>
    internal enum WireKind : ushort
    {
        /// <summary>Of the viewer: all that it wishes, whole each time, so that none that is lost matters.</summary>
        Wish = 1,

        /// <summary>Of the game: one of its agents.</summary>
        Agent = 2,

        /// <summary>Of the game: how it stands.</summary>
        Status = 3,

        /// <summary>Of the game: a run of an agent's numbers.</summary>
        Steps = 4,

        /// <summary>Of the game: a breakpoint came to hold.</summary>
        Hit = 5,

        /// <summary>Of the game: all marks of an agent.</summary>
        Marks = 6,
    }
}
