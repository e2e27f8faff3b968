using System;

namespace UnityEditor;

public sealed class CanEditMultipleObjects : Attribute
{
}
