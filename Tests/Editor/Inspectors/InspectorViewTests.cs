using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using UnityEngine;

namespace RecurrentEditor.Tests
{
    public sealed class InspectorViewTests
    {
        private readonly List<Object> _made = new List<Object>();

        [TearDown]
        public void TearDown()
        {
            foreach (Object made in _made)
                if (made != null) Object.DestroyImmediate(made);
            _made.Clear();
        }

        private T Make<T>()
            where T : Component
        {
            var owner = new GameObject("Sample");
            _made.Add(owner);
            return owner.AddComponent<T>();
        }

        private SequenceModelAsset Asset(SequenceModel? model)
        {
            SequenceModelAsset asset = model == null ? ScriptableObject.CreateInstance<SequenceModelAsset>() : SequenceModelAsset.Create(model);
            asset.name = "model";
            _made.Add(asset);
            return asset;
        }

        private static SequenceModel Network(int hidden) => new SequenceModel(("memory", new LSTM(3, hidden, seed: 1)), ("last", new LastStep()), ("head", new Linear(hidden, 2, seed: 2)));

        private static string Row(InspectorView view, string heading) => view.Card().FirstOrDefault(row => row.Key == heading).Value ?? "";

        [Test]
        public void ForecastersShowTheModelThatTheyHaveNow()
        {
            var forecaster = Make<SequenceForecaster>();
            InspectorView view = InspectorViews.Of(forecaster);
            Assert.That(view.Card(), Is.Empty);
            forecaster.Model = Asset(Network(5));
            Assert.That(Row(view, "Layers"), Does.Contain("LSTM(3→5)"));
            // Four gates of 5 units, from 3 and 5 inputs with two biases; two outputs.
            Assert.That(Row(view, "Parameters"), Is.EqualTo("212"), "4 · 5 · (3 + 5 + 2) + 2 · (5 + 1)");
            forecaster.Model = Asset(null);
            Assert.That(view.Card(), Is.Empty);
            Assert.That(view.Warnings(), Is.Empty);
        }

        [Test]
        public void AnNpcOfACrowdShowsTheCrowdsModel()
        {
            var crowd = Make<NpcCrowd>();
            crowd.Model = Asset(Network(4));
            var npc = Make<RecurrentNpc>();
            npc.enabled = false;
            InspectorView view = InspectorViews.Of(npc);
            Assert.That(view.Card(), Is.Empty);
            npc.Crowd = crowd;
            Assert.That(Row(view, "Layers"), Does.Contain("LSTM(3→4)"));
            Assert.That(view.Meter!(), Is.SameAs(crowd.Meter));
        }

        [Test]
        public void WarningsBeginWithACapitalAndSayWhyAModelCannotBeRead()
        {
            var trainer = Make<SequenceTrainer>();
            (trainer.Patience, trainer.Epochs) = (30, 20);
            trainer.Model = SequenceModelAsset.Create(new byte[] { 1, 2 });
            trainer.Model.name = "broken";
            _made.Add(trainer.Model);
            List<string> warnings = InspectorViews.Of(trainer).Warnings();
            Assert.That(warnings[0], Is.EqualTo("A patience of 30 epochs never ends a run of 20."));
            Assert.That(warnings[1], Does.StartWith("The model 'broken' cannot be read: "));
            Assert.That(warnings.Count, Is.EqualTo(2));
            trainer.Patience = 0;
            trainer.Model = null;
            Assert.That(InspectorViews.Of(trainer).Warnings(), Is.Empty);
        }

        [Test]
        public void WhatIsNotTheirsIsNotOffered()
        {
            Assert.That(InspectorViews.Of(Make<ForecastRenderer>()).Actions, Is.Empty);
            Assert.That(InspectorViews.Of(Make<SequenceRecorder>()).Source, Is.Null);
            Assert.That(InspectorViews.Of(Make<OnnxSequence>()).Actions.Select(action => action.Name), Is.EqualTo(new[] { "Reset State", "Record", "Open Viewer" }));
            Assert.That(InspectorViews.Of(Make<SequenceTrainer>()).Actions.Select(action => action.Name), Is.EqualTo(new[] { "Begin", "Pause", "Open Training" }));
        }
    }
}
