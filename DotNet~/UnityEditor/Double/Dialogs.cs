using System;
using System.Collections.Generic;

namespace UnityEditor.Double;

/// <summary>What the editor would have shown, and what a test answers.</summary>
internal static class Dialogs
{
    private static readonly Queue<object> s_answers = new();

    /// <summary>All that was asked or shown, in order: what it was, and its text.</summary>
    public static List<(string Title, string Message, string[] Buttons)> Shown { get; } = new();

    /// <summary>The next dialog's button by its place, 0 being the one that agrees; or the next panel's path.</summary>
    public static void Answer(params object[] answers)
    {
        foreach (object answer in answers) s_answers.Enqueue(answer);
    }

    public static int Ask(string title, string message, params string[] buttons)
    {
        Shown.Add((title, message, buttons));
        return buttons.Length == 1 ? 0 : (int)Next(title);
    }

    public static string AskForPath(string title, string about)
    {
        Shown.Add((title, about, Array.Empty<string>()));
        return (string)Next(title);
    }

    public static void Note(string what, string about) => Shown.Add((what, about, Array.Empty<string>()));

    public static void Forget()
    {
        s_answers.Clear();
        Shown.Clear();
    }

    private static object Next(string title) => s_answers.Count > 0 ? s_answers.Dequeue() : throw new InvalidOperationException($"The test has no answer to the dialog “{title}”.");
}
