using System;
using System.IO;
using System.Linq;
using UnityEditor;
using UnityEditor.PackageManager;
using UnityEditor.PackageManager.Requests;
using UnityEngine;
using UnityEngine.UIElements;

namespace RecurrentEditor.Setup
{
    /// <summary>Says which of the optional parts a project has, and adds, joins and mends them. It works when nothing else of the package compiles.</summary>
    internal sealed class SetupWindow : EditorWindow
    {
        [SerializeField]
        private string _manifestBefore = "";
        [SerializeField]
        private string _manifestAfter = "";

        private Request? _request;
        private string _asked = "";

        // Unity carries private fields over when scripts are loaded anew; these speak of a request and of elements that are gone then.
        [NonSerialized]
        private string _said = "", _shown = "";

        [MenuItem("Recurrent/Set-up")]
        private static void Open() => GetWindow<SetupWindow>("Recurrent Set-up");

        private void OnEnable() => EditorApplication.projectChanged += Refresh;

        private void OnDisable() => EditorApplication.projectChanged -= Refresh;

        private void OnFocus() => Refresh();

        private void CreateGUI()
        {
            minSize = new Vector2(420F, 300F);
            rootVisualElement.Add(new ScrollView { name = "entries" });
            rootVisualElement.schedule.Execute(Poll).Every(200);
            Refresh();
        }

        // Everything is built anew from what the project has now, if that is another than before: a click that brings the window to the front still finds its button, and what is being typed stays.
        private void Refresh()
        {
            if (rootVisualElement.Q<ScrollView>("entries") is not { } place) return;
            var report = new SetupReport(SetupProject.Read());
            string shown = string.Join("\n", report.Entries.Select(entry => $"{entry.State} {entry.Status} {string.Join(", ", entry.Actions.Select(action => $"{action.Deed} {action.Subject} {action.Label}"))}")
                .Concat(report.KnownAddresses).Concat(new[] { report.ManifestProblem, _said, _asked, _manifestAfter, _request?.ToString() }));
            if (place.childCount > 0 && shown == _shown) return;
            _shown = shown;
            place.Clear();
            if (report.ManifestProblem != null) place.Add(new HelpBox(report.ManifestProblem, HelpBoxMessageType.Error) { name = "manifest-problem" });
            if (_said.Length > 0) place.Add(new HelpBox(_said, HelpBoxMessageType.Info) { name = "said" });
            if (_manifestAfter.Length > 0 && _request == null) place.Add(new Button(TakeRegistryOut) { name = "undo-registry", text = $"Take the registry out of {ManifestFile.Place} again" });
            foreach (SetupEntry entry in report.Entries) place.Add(Show(entry, report));
            place.Add(new Button(SetupProject.OpenManual) { name = "manual", text = "Open the manual" });
            place.SetEnabled(_request == null);
        }

        private VisualElement Show(SetupEntry entry, SetupReport report)
        {
            var box = new Box { name = entry.Part.Package };
            var title = new Label($"{entry.Part.Title} — {Word(entry.State)}") { name = "title", tooltip = entry.Part.Purpose };
            title.style.unityFontStyleAndWeight = FontStyle.Bold;
            box.Add(title);
            box.Add(new Label(entry.Part.Purpose));
            var status = new Label(entry.Status) { name = "status" };
            status.style.whiteSpace = WhiteSpace.Normal;
            box.Add(entry.State == SetupState.Broken ? new HelpBox(entry.Status, HelpBoxMessageType.Error) { name = "status" } : (VisualElement)status);
            var buttons = new VisualElement { name = "buttons" };
            buttons.style.flexDirection = FlexDirection.Row;
            buttons.style.flexWrap = Wrap.Wrap;
            foreach (SetupAction action in entry.Actions) buttons.Add(new Button(() => Do(action)) { name = action.Deed.ToString(), text = action.Label, tooltip = action.Subject });
            box.Add(buttons);
            if (_asked == entry.Part.Package && entry.Actions.Any(action => action.Deed == SetupDeed.AddPackageFromRegistry))
                box.Add(new RegistryForm(entry.Part, report.KnownAddresses, address => AddFrom(address, entry.Part)));
            return box;
        }

        private void Do(SetupAction action)
        {
            if (action.Deed == SetupDeed.AddPackageFromRegistry)
            {
                string package = action.Subject.Split('@')[0];
                _asked = _asked == package ? "" : package;
            }
            else
            {
                Begin(SetupProject.Do(action), action.Label);
            }

            Refresh();
        }

        private void AddFrom(string address, OptionalPart part)
        {
            try
            {
                (string before, string after) = SetupProject.WriteRegistry(address, part.Scope);
                (_manifestBefore, _manifestAfter) = before == after ? ("", "") : (before, after);
                Begin(Client.Add(part.Identifier), $"Add {part.Identifier}");
            }
            catch (Exception e) when (e is IOException || e is FormatException || e is UnauthorizedAccessException)
            {
                _said = e.Message;
            }

            Refresh();
        }

        private void TakeRegistryOut()
        {
            try
            {
                ManifestFile.Replace(_manifestAfter, _manifestBefore);
                _said = $"{ManifestFile.Place} is as it was.";
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                _said = e.Message;
            }

            (_manifestBefore, _manifestAfter) = ("", "");
            Refresh();
        }

        private void Begin(Request? request, string label)
        {
            _request = request;
            _said = request == null ? "" : $"{label}: the package manager is at it.";
        }

        private void Poll()
        {
            if (_request is not { IsCompleted: true } done) return;
            _request = null;
            _said = done.Status == StatusCode.Success ? "Done." : $"The package manager says: {done.Error?.message}";
            if (done.Status == StatusCode.Success) (_asked, _manifestBefore, _manifestAfter) = ("", "", "");
            Refresh();
        }

        private static string Word(SetupState state) => state switch
        {
            SetupState.On => "on",
            SetupState.Incomplete => "incomplete",
            SetupState.Broken => "broken",
            _ => "off",
        };
    }
}
