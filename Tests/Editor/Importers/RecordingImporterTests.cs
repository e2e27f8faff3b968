using System;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Recurrent.Components;
using UnityEditor;
using UnityEngine;
using UnityEngine.TestTools;

namespace RecurrentEditor.Tests
{
    public sealed class RecordingImporterTests
    {
        private ProjectFolder _folder = null!;

        [SetUp]
        public void MakeFolder() => _folder = new ProjectFolder();

        [TearDown]
        public void RemoveFolder() => _folder.Dispose();

        [Test]
        public void RecordedPlayBecomesAnAsset()
        {
            var asset = _folder.Import<EpisodesAsset>("play.episodes", ProjectFolder.Episodes())!;
            Assert.That(asset.name, Is.EqualTo("play"));
            Assert.That(asset.File.Episodes.Select(episode => episode.Steps), Is.EqualTo(new[] { 3, 1 }));
            Assert.That(asset.File.Episodes[0].Observation(2)[0], Is.EqualTo(-0.75f));
            Assert.That(asset.GetBytes(), Is.EqualTo(ProjectFolder.Episodes()));
        }

        [Test]
        public void RecordedStatesBecomeAnAsset()
        {
            var asset = _folder.Import<StateRecordingAsset>("npc.rnnstate", ProjectFolder.States())!;
            Assert.That(asset.name, Is.EqualTo("npc"));
            Assert.That(asset.File.Recordings.Single().Agent, Is.EqualTo("NPC_07"));
            Assert.That(asset.GetBytes(), Is.EqualTo(ProjectFolder.States()));
            Assert.That(asset.File.Recordings[0].Frames, Is.EqualTo(ProjectFolder.Recording().Frames));
        }

        [Test]
        public void TheInspectorOpensRecordedStatesInTheViewer()
        {
            var asset = _folder.Import<StateRecordingAsset>("npc.rnnstate", ProjectFolder.States())!;
            InspectorAction open = InspectorViews.Of(asset).Actions.Single(action => action.Name == "Open Viewer");
            Assert.That(open.IsEnabled);
            open.Act();
            StateViewerWindow window = EditorWindow.GetWindow<StateViewerWindow>();
            Assert.That(window.Viewer.Link!.Name, Is.EqualTo("npc.rnnstate"));
            Assert.That(window.Viewer.Link.Agents.Single().Name, Is.EqualTo("NPC_07"));
            window.Close();
            Assert.That(InspectorViews.Of(StateRecordingAsset.Create(ProjectFolder.States())).Actions.Single(action => action.Name == "Open Viewer").IsEnabled, Is.False, "a script made it: there is no file");
        }

        [Test]
        public void WhatTheGameCouldNotFinishIsTakenAsFarAsItGoes()
        {
            byte[] play = ProjectFolder.Episodes(), states = ProjectFolder.States();
            LogAssert.Expect(LogType.Warning, new Regex("^Assets/.*play.episodes: "));
            Assert.That(_folder.Import<EpisodesAsset>("play.episodes", play.Take(play.Length - 3).ToArray())!.File.Episodes, Is.Not.Empty);
            LogAssert.Expect(LogType.Warning, new Regex("^Assets/.*npc.rnnstate: "));
            Assert.That(_folder.Import<StateRecordingAsset>("npc.rnnstate", states.Concat(states.Skip(12).Take(9)).ToArray())!.File.Recordings, Is.Not.Empty);
        }

        [Test]
        public void ABadFileIsOneLine()
        {
            foreach (string name in new[] { "bad.episodes", "bad.rnnstate" })
            {
                byte[] damaged = name == "bad.episodes" ? ProjectFolder.Episodes() : ProjectFolder.States();
                damaged[20] ^= 4;
                foreach (byte[] bytes in new[] { Array.Empty<byte>(), new byte[] { 1, 2, 3 }, Recurrent.ModelFile.ToBytes(ProjectFolder.Model()), damaged })
                {
                    LogAssert.Expect(LogType.Error, new Regex($"^{Regex.Escape(_folder.PathOf(name))}: [^\n]+$"));
                    Assert.That(_folder.Import<ScriptableObject>(name, bytes) == null);
                    LogAssert.NoUnexpectedReceived();
                }
            }
        }

        [Test]
        public void TheVersionsRiseWithTheOutput()
        {
            // The bytes are those of the file, as said above; how deflate packs them is the runtime's affair.
            var play = _folder.Import<EpisodesAsset>("play.episodes", ProjectFolder.Episodes())!;
            Assert.That((EpisodesImporter.Version, ImportedHash.Of(Array.Empty<byte>(), AssetPicture.Of(play.File))), Is.EqualTo((1, "2A690DC5")), ImportedHash.Hint);
            var states = _folder.Import<StateRecordingAsset>("npc.rnnstate", ProjectFolder.States())!;
            Assert.That((StateRecordingImporter.Version, ImportedHash.Of(Array.Empty<byte>(), AssetPicture.Of(states.File))), Is.EqualTo((1, "762D3F55")), ImportedHash.Hint);
        }
    }
}
