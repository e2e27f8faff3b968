using UnityEditor.Double;

namespace UnityEditor;

/// <summary>Dialogs are not shown: each is kept in the session and answered by what a test said beforehand.</summary>
public class EditorUtility
{
    public static bool DisplayDialog(string title, string message, string ok, string cancel) => Dialogs.Ask(title, message, ok, cancel) == 0;

    public static bool DisplayDialog(string title, string message, string ok) => Dialogs.Ask(title, message, ok) == 0;

    public static int DisplayDialogComplex(string title, string message, string ok, string cancel, string alt) => Dialogs.Ask(title, message, ok, cancel, alt);

    public static string OpenFilePanel(string title, string directory, string extension) => Dialogs.AskForPath(title, extension);

    public static string OpenFilePanelWithFilters(string title, string directory, string[] filters) => Dialogs.AskForPath(title, string.Join(",", filters));

    public static string OpenFolderPanel(string title, string folder, string defaultName) => Dialogs.AskForPath(title, defaultName);

    public static string SaveFilePanel(string title, string directory, string defaultName, string extension) => Dialogs.AskForPath(title, $"{defaultName}.{extension}");

    public static string SaveFilePanelInProject(string title, string defaultName, string extension, string message) => Dialogs.AskForPath(title, $"{defaultName}.{extension}");

    public static void RevealInFinder(string path) => Dialogs.Note("RevealInFinder", path);

    public static void OpenWithDefaultApp(string fileName) => Dialogs.Note("OpenWithDefaultApp", fileName);

    public static void SetDirty(UnityEngine.Object target) => AssetDatabase.MarkDirty(target);

    public static bool IsDirty(UnityEngine.Object target) => AssetDatabase.IsMarkedDirty(target);

    public static void DisplayProgressBar(string title, string info, float progress) => Dialogs.Note("DisplayProgressBar", $"{title}: {info}");

    public static void ClearProgressBar()
    {
    }

    public static void RequestScriptReload() => Dialogs.Note("RequestScriptReload", "");
}
