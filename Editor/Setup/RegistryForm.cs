using System;
using System.Collections.Generic;
using System.Linq;
using UnityEngine.UIElements;

namespace RecurrentEditor.Setup
{
    /// <summary>Asks for the address of the registry that has a package: one of those in the manifest, or one that the user pastes.</summary>
    internal sealed class RegistryForm : VisualElement
    {
        private readonly TextField _address = new TextField("Registry address") { name = "address" };
        private readonly Label _problem = new Label { name = "problem" };
        private readonly Button _go;

        /// <summary>The form.</summary>
        /// <param name="part">Which package.</param>
        /// <param name="known">Addresses to choose from.</param>
        /// <param name="add">What happens with the address.</param>
        public RegistryForm(OptionalPart part, IReadOnlyList<string> known, Action<string> add)
        {
            name = "registry-form";
            var why = new Label($"Unity asks a registry for {part.Package}, and this project does not name that registry yet. Its address stands on the package's own page, under installation: "
                + $"the \"url\" of a scoped registry with the scope {part.Scope}. It is written to {ManifestFile.Place}, beside what is there, and the package is added.");
            why.style.whiteSpace = WhiteSpace.Normal;
            Add(why);
            if (known.Count > 0)
            {
                var choice = new DropdownField("In this project", known.ToList(), -1) { name = "known" };
                choice.RegisterValueChangedCallback(change => _address.value = change.newValue);
                Add(choice);
            }

            Add(_address);
            Add(_problem);
            _go = new Button(() => add(_address.value.Trim())) { name = "write-registry", text = $"Write the registry, and add {part.Package}" };
            Add(_go);
            _address.RegisterValueChangedCallback(_ => Check());
            Check();
        }

        private void Check()
        {
            string? problem = SetupReport.ProblemOf(_address.value);
            _problem.text = problem ?? "";
            _go.SetEnabled(problem == null);
        }
    }
}
