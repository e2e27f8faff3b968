using System;

namespace Recurrent
{
    /// <summary>
    /// Which columns of a table that another program wrote hold what. Unless told otherwise: <c>episode</c>, <c>done</c> in an episode's last row, the discrete actions
    /// <c>a0</c>, <c>a1</c>, …, the continuous ones <c>c0</c>, …; <c>step</c> and <c>reward</c> are left out, and everything else is observed.
    /// </summary>
    public sealed class EpisodeColumns
    {
        /// <summary>The column that tells episodes apart: a new one begins where it changes.</summary>
        public string Episode { get; set; } = "episode";

        /// <summary>The column that is not 0 in the last row of a whole episode; where there is none, every episode counts as whole.</summary>
        public string End { get; set; } = "done";

        /// <summary>Columns that are left out; those that are not there are no mistake.</summary>
        public string[] Ignored { get; set; } = { "step", "reward" };

        /// <summary>The columns of the discrete actions; null for those called a0, a1, ….</summary>
        public string[]? Discrete { get; set; }

        /// <summary>The columns of the continuous actions; null for those called c0, c1, ….</summary>
        public string[]? Continuous { get; set; }

        /// <summary>How many actions each discrete column has; null for the largest that occurs, and one more for 0.</summary>
        public int[]? BranchSizes { get; set; }

        /// <summary>
        /// Whether a row holds the action that came before its observation, as ML-Agents records; the episode is then aligned by <see cref="Recurrent.Episode.FromPreviousActions"/>.
        /// If false, it holds the action that was taken on it.
        /// </summary>
        public bool ActionsComeBefore { get; set; } = true;

        internal bool IsIgnored(string column) => column == Episode || column == End || Array.IndexOf(Ignored, column) >= 0;

        internal bool IsDiscrete(string column) => Discrete == null ? IsNumbered(column, 'a') : Array.IndexOf(Discrete, column) >= 0;

        internal bool IsContinuous(string column) => Continuous == null ? IsNumbered(column, 'c') : Array.IndexOf(Continuous, column) >= 0;

        private static bool IsNumbered(string column, char letter)
        {
            if (column.Length < 2 || column[0] != letter) return false;
            for (int i = 1; i < column.Length; i++)
                if (column[i] < '0' || column[i] > '9') return false;
            return true;
        }
    }
}
