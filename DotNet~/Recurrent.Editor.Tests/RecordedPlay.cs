using System.Collections.Generic;
using System.IO;
using Recurrent;
using Recurrent.Components;
using UnityEngine;

namespace RecurrentEditor.Tests
{
    /// <summary>Play to learn from: of two observations the action 1 where their running sum is above 0, and the first one negated.</summary>
    internal static class RecordedPlay
    {
        public static readonly EpisodeLayout Layout = new EpisodeLayout(2, new[] { 2 }, 1);

        public static EpisodesAsset Asset(int count = 12, int steps = 16, ulong seed = 1)
        {
            string path = Path.GetTempFileName();
            EpisodeFile.Save(path, Episodes(count, steps, seed));
            byte[] bytes = File.ReadAllBytes(path);
            File.Delete(path);
            return EpisodesAsset.Create(bytes);
        }

        public static SequenceTrainer Trainer(string name, int epochs = 8)
        {
            var trainer = new GameObject(name).AddComponent<SequenceTrainer>();
            trainer.Model = ScriptableObject.CreateInstance<SequenceModelAsset>();
            trainer.Model.name = $"{name}'s model";
            trainer.Episodes = Asset();
            trainer.NewModel = new NewModel(CellKind.Gru, 6);
            trainer.Place = TrainingPlace.Frames;
            trainer.FrameBudget = System.TimeSpan.FromMilliseconds(1);
            (trainer.Epochs, trainer.BatchSize, trainer.LearningRate, trainer.Patience) = (epochs, 4, 0.01f, 0);
            return trainer;
        }

        private static List<Episode> Episodes(int count, int steps, ulong seed)
        {
            var random = new RandomSource(seed);
            var episodes = new List<Episode>();
            for (int i = 0; i < count; i++)
            {
                float[] observations = new float[2 * steps], continuous = new float[steps];
                int[] discrete = new int[steps];
                float sum = 0f;
                for (int t = 0; t < steps; t++)
                {
                    (observations[2 * t], observations[2 * t + 1]) = (random.NextGaussian(), random.NextGaussian());
                    sum += observations[2 * t] + observations[2 * t + 1];
                    discrete[t] = sum > 0f ? 1 : 0;
                    continuous[t] = -observations[2 * t];
                }
                episodes.Add(new Episode(Layout, observations, discrete, continuous));
            }
            return episodes;
        }
    }
}
