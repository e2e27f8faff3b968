using UnityEngine;

namespace UnityPlayer;

/// <summary>What a game logged.</summary>
public sealed record LogMessage(LogType Type, string Text, string StackTrace)
{
    public override string ToString() => $"[{Type}] {Text}";
}
