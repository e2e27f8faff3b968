using System.Collections;
using NUnit.Framework;
using UnityEngine;
using UnityEngine.TestTools;

namespace Recurrent.Components.Tests
{
    [TestFixture]
    public sealed class StateBroadcastTests
    {
        // Nobody is connected in the Test Framework: what it says over a connection is tested in the editor's assembly.
        [UnityTest]
        public IEnumerator WithoutAViewerItWaitsAndLeavesTheGameAlone()
        {
            var owner = new GameObject("Broadcast");
            var broadcast = owner.AddComponent<StateBroadcast>();
            broadcast.SurvivesScenes = false;
            float scale = Time.timeScale;
            yield return null;
            yield return null;
            Assert.That((broadcast.IsWatched, broadcast.IgnoredMessages, Time.timeScale), Is.EqualTo((false, 0L, scale)));
            broadcast.enabled = false;
            yield return null;
            broadcast.enabled = true;
            yield return null;
            Object.DestroyImmediate(owner);
            Assert.That(Time.timeScale, Is.EqualTo(scale));
        }

        [UnityTest]
        public IEnumerator BelowAnotherObjectItCannotSurvive()
        {
            var parent = new GameObject("Parent");
            var owner = new GameObject("Broadcast");
            owner.transform.SetParent(parent.transform);
            LogAssert.Expect(LogType.Warning, "StateBroadcast 'Broadcast': it is no root, and so does not survive its scene.");
            owner.AddComponent<StateBroadcast>();
            yield return null;
            Object.DestroyImmediate(parent);
        }
    }
}
