using System;
using System.Collections.Generic;

namespace UnityEditor;

public static class Progress
{
    private static readonly Dictionary<int, Task> s_tasks = new();
    private static int s_last;

    [Flags]
    public enum Options
    {
        None = 0,
        Sticky = 1,
        Indefinite = 2,
        Synchronous = 4,
        Managed = 8,
        Unmanaged = 16,
    }

    public enum Status
    {
        Running = 0,
        Succeeded = 1,
        Failed = 2,
        Canceled = 3,
        Paused = 4,
    }

    public static int Start(string name, string description = null, Options options = Options.None, int parentId = -1)
    {
        s_tasks[++s_last] = new Task { Name = name, Description = description };
        return s_last;
    }

    public static void Finish(int id, Status status = Status.Succeeded)
    {
        if (!s_tasks.TryGetValue(id, out Task task)) return;
        task.Status = status;
        if (status != Status.Failed) s_tasks.Remove(id);
    }

    public static int Remove(int id) => s_tasks.Remove(id) ? id : -1;

    public static void Report(int id, float progress) => s_tasks[id].Done = progress;

    public static void Report(int id, float progress, string description) => (s_tasks[id].Done, s_tasks[id].Description) = (progress, description);

    public static void SetRemainingTime(int id, long seconds) => s_tasks[id].Remaining = seconds;

    public static long GetRemainingTime(int id) => s_tasks[id].Remaining;

    public static void RegisterCancelCallback(int id, Func<bool> callback) => s_tasks[id].OnCancel = callback;

    public static void UnregisterCancelCallback(int id) => s_tasks[id].OnCancel = null;

    public static void RegisterPauseCallback(int id, Func<bool, bool> callback) => s_tasks[id].OnPause = callback;

    public static bool Cancel(int id) => Exists(id) && s_tasks[id].OnCancel?.Invoke() == true;

    public static bool Pause(int id) => Exists(id) && s_tasks[id].OnPause?.Invoke(true) == true;

    public static bool Resume(int id) => Exists(id) && s_tasks[id].OnPause?.Invoke(false) == true;

    public static float GetProgress(int id) => s_tasks[id].Done;

    public static string GetName(int id) => s_tasks[id].Name;

    public static string GetDescription(int id) => s_tasks[id].Description;

    public static void SetDescription(int id, string description) => s_tasks[id].Description = description;

    public static Status GetStatus(int id) => s_tasks[id].Status;

    public static bool Exists(int id) => s_tasks.ContainsKey(id);

    public static int GetCount() => s_tasks.Count;

    internal static void Forget() => s_tasks.Clear();

    private sealed class Task
    {
        public string Name { get; set; }

        public string Description { get; set; }

        public float Done { get; set; }

        public long Remaining { get; set; } = -1;

        public Status Status { get; set; }

        public Func<bool> OnCancel { get; set; }

        public Func<bool, bool> OnPause { get; set; }
    }
}
