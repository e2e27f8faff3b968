using System.Collections.Generic;
using UnityEngine;

namespace UnityEngine.UIElements;

public abstract class MouseManipulator : Manipulator
{
    public List<ManipulatorActivationFilter> activators { get; } = new();
}
