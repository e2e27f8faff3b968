namespace Recurrent.Diagnostics
{
    /// <summary>A fault, where it is, by what it was seen, and what may help.</summary>
    public sealed class Finding
    {
        /// <summary>Puts a finding together.</summary>
        public Finding(Fault fault, string place, string evidence, string advice)
        {
            Fault = fault;
            Place = place;
            Evidence = evidence;
            Advice = advice;
        }

        /// <summary>What is wrong.</summary>
        public Fault Fault { get; }

        /// <summary>Where: a track, a cell, the training.</summary>
        public string Place { get; }

        /// <summary>A sentence with the figures that say so.</summary>
        public string Evidence { get; }

        /// <summary>A sentence about what may help.</summary>
        public string Advice { get; }

        /// <summary>The fault in words.</summary>
        public string Title => Fault switch
        {
            Fault.NotANumber => "Not a number",
            Fault.Saturated => "Saturated",
            Fault.DeadUnits => "Dead units",
            Fault.Exploding => "Exploding",
            Fault.Vanishing => "Vanishing gradient",
            Fault.NotLearning => "Not learning",
            Fault.Overfitting => "Overfitting",
            _ => "Inputs not normalised",
        };

        /// <summary>One line.</summary>
        public override string ToString() => $"{Title} ({Place}): {Evidence} {Advice}";
    }
}
