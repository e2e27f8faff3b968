using System;

namespace UnityEngine.UIElements;

public struct ManipulatorActivationFilter : IEquatable<ManipulatorActivationFilter>
{
    public MouseButton button { get; set; }

    public EventModifiers modifiers { get; set; }

    public int clickCount { get; set; }

    public static bool operator ==(ManipulatorActivationFilter filter1, ManipulatorActivationFilter filter2) => filter1.Equals(filter2);

    public static bool operator !=(ManipulatorActivationFilter filter1, ManipulatorActivationFilter filter2) => !filter1.Equals(filter2);

    public bool Matches(IPointerEvent e) => e != null && (clickCount == 0 || e.clickCount >= clickCount) && button == (MouseButton)e.button && modifiers == e.modifiers;

    public bool Equals(ManipulatorActivationFilter other) => button == other.button && modifiers == other.modifiers && clickCount == other.clickCount;

    public override bool Equals(object obj) => obj is ManipulatorActivationFilter other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(button, modifiers, clickCount);
}
