using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Recurrent;
using Recurrent.Components;
using Object = UnityEngine.Object;

namespace RecurrentEditor
{
    /// <summary>
    /// What an inspector shows of a component or an asset beside its fields: warnings, the card of its model, figures, buttons, and whose states are alive. What differs from one component to
    /// the next is listed in <see cref="InspectorViews"/>; how it looks, in <see cref="PackageInspector"/>.
    /// </summary>
    internal sealed class InspectorView
    {
        /// <param name="target">What is inspected.</param>
        public InspectorView(Object target) => Target = target;

        public Object Target { get; }

        /// <summary>Its model; null where it has none, or none is assigned.</summary>
        public Func<SequenceModelAsset?>? Model { get; set; }

        /// <summary>What the card holds beside the model's own rows, such as what runs it.</summary>
        public Func<SequenceModelAsset, IReadOnlyList<KeyValuePair<string, string>>>? RowsOfModel { get; set; }

        /// <summary>What is said of it now, as headings and texts; texts that are empty are left out.</summary>
        public Func<IEnumerable<(string Heading, string Text)>>? Facts { get; set; }

        /// <summary>Whose states are shown in Play Mode; null for nobody's.</summary>
        public Func<IStateSource?>? Source { get; set; }

        /// <summary>What measures its steps.</summary>
        public Func<StepMeter?>? Meter { get; set; }

        /// <summary>Its buttons.</summary>
        public List<InspectorAction> Actions { get; } = new List<InspectorAction>();

        /// <summary>What is questionable: what the component says of itself, and what is wrong with its model.</summary>
        public List<string> Warnings()
        {
            var warnings = new List<string>();
            (Target as ISetup)?.Review(warnings);
            if (Trouble is string trouble) warnings.Add(trouble);
            return warnings.ConvertAll(warning => char.ToUpper(warning[0], CultureInfo.InvariantCulture) + warning.Substring(1));
        }

        /// <summary>The rows of the model's card; none without a model, or with a bad one.</summary>
        public IReadOnlyList<KeyValuePair<string, string>> Card()
        {
            SequenceModelAsset? model = Model?.Invoke();
            if (model == null || model.IsEmpty) return Array.Empty<KeyValuePair<string, string>>();
            try
            {
                return RowsOfModel?.Invoke(model) ?? model.Card.ToRows();
            }
            catch (ModelFileException)
            {
                // Said among the warnings.
                return Array.Empty<KeyValuePair<string, string>>();
            }
        }

        /// <summary>The facts that there are, and the time of a step where it is measured.</summary>
        public List<(string Heading, string Text)> ReadFacts()
        {
            List<(string Heading, string Text)> facts = Facts == null ? new List<(string, string)>() : Facts().Where(fact => fact.Text.Length > 0).ToList();
            if (Meter?.Invoke() is StepMeter meter && !double.IsNaN(meter.Microseconds)) facts.Add(("A step takes", meter.Microseconds.ToString(meter.Microseconds < 100 ? "0.0" : "0", CultureInfo.InvariantCulture) + " µs"));
            return facts;
        }

        private string? Trouble
        {
            get
            {
                SequenceModelAsset? model = Model?.Invoke();
                if (model == null || model.IsEmpty) return null;
                try
                {
                    _ = model.Card;
                    return null;
                }
                catch (ModelFileException e)
                {
                    return $"the model '{model.name}' cannot be read: {e.Reason}";
                }
            }
        }
    }
}
