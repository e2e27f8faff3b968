using System;
using System.Collections.Generic;

namespace Recurrent.Components
{
    /// <summary>Learning to act as in some episodes: what learns, by what it is judged, and from what.</summary>
    internal sealed class ImitationTask
    {
        private ImitationTask(SequenceModel model, Loss loss, SequenceDataset train, SequenceDataset? validation)
        {
            Model = model;
            Loss = loss;
            Train = train;
            Validation = validation;
        }

        public SequenceModel Model { get; }

        public Loss Loss { get; }

        public SequenceDataset Train { get; }

        public SequenceDataset? Validation { get; }

        /// <summary>Puts a task together.</summary>
        /// <param name="episodes">At least one.</param>
        /// <param name="model">What learns; null for a new network, which is told what the episodes' actions are and how their observations are scaled.</param>
        /// <param name="newModel">What network that is.</param>
        /// <param name="validationShare">The share of the data to judge by.</param>
        /// <param name="deviation">How far continuous actions scatter; 0 to learn that too.</param>
        /// <param name="sequenceLength">Steps of a sequence; 0 for whole episodes.</param>
        /// <param name="seed">What weights and parts are drawn from.</param>
        /// <exception cref="ArgumentException">The model does not fit the episodes, or a number is out of range.</exception>
        public static ImitationTask Of(IReadOnlyList<Episode> episodes, SequenceModel? model, NewModel newModel, double validationShare, float deviation, int sequenceLength, ulong seed)
        {
            (List<Episode> train, List<Episode> validation) = EpisodeParts.Split(episodes, validationShare, seed);
            EpisodeLayout layout = episodes[0].Layout;
            model ??= Describe(newModel.Make(layout.ObservationSize, PolicyLoss.OutputSizeOf(layout), seed), layout, train);
            return new ImitationTask(model, new PolicyLoss(layout, deviation), new EpisodeDataset(train, model.InputScaler, sequenceLength),
                validation.Count > 0 ? new EpisodeDataset(validation, model.InputScaler, sequenceLength) : null);
        }

        private static SequenceModel Describe(SequenceModel model, EpisodeLayout layout, List<Episode> train)
        {
            Policy.Describe(model, layout);
            model.InputScaler = EpisodeDataset.Fit(new StandardScaler(), train);
            return model;
        }
    }
}
