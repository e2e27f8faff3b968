using System;

namespace UnityEditor;

public class CanEditMultipleObjects : Attribute
{
}
