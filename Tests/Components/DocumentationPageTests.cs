using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using UnityEngine;

namespace Recurrent.Components.Tests
{
    /// <summary>What a user sees of a component or an asset without opening it: where the help button leads, in which menu it stands.</summary>
    [TestFixture]
    public sealed class DocumentationPageTests
    {
        private static IEnumerable<Type> Shown() => typeof(RecurrentNpc).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && (typeof(MonoBehaviour).IsAssignableFrom(type) || typeof(ScriptableObject).IsAssignableFrom(type)));

        [Test]
        public void ThereAreSome() => Assert.That(Shown(), Is.SupersetOf(new[] { typeof(RecurrentNpc), typeof(SequenceModelAsset), typeof(StateProbe) }));

        [TestCaseSource(nameof(Shown))]
        public void ItsHelpLeadsToItsSection(Type type)
        {
            var help = (HelpURLAttribute?)Attribute.GetCustomAttribute(type, typeof(HelpURLAttribute));
            Assert.That(help?.URL, Does.StartWith(DocumentationPage.Components), $"{type.Name} has no [HelpURL(DocumentationPage.Components + …)]");
            Assert.That(help!.URL.Substring(DocumentationPage.Components.Length), Does.Match("^[a-z][a-z-]+$"));
        }

        /// <summary>Nobody can take the name "invalid" and show our users something else. An address of the publisher's own comes here together with <see cref="DocumentationPage"/>.</summary>
        [Test]
        public void ItsHelpLeadsToNoStranger() => Assert.That(new Uri(DocumentationPage.Components).Host, Does.EndWith(".invalid"));

        [TestCaseSource(nameof(Shown))]
        public void ItStandsInAMenuOfOurs(Type type)
        {
            if (!typeof(MonoBehaviour).IsAssignableFrom(type)) return;
            var menu = (AddComponentMenu?)Attribute.GetCustomAttribute(type, typeof(AddComponentMenu));
            Assert.That(menu?.componentMenu, Does.StartWith("Recurrent/"));
        }
    }
}
