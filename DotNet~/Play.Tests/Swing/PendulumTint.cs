using UnityEngine;

namespace Play.Tests;

public sealed class PendulumTint : ScriptableObject
{
    public Color Color;
    public AnimationCurve Curve = new();
}
