using System;

namespace UnityEditor;

[AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
public class InitializeOnLoadMethodAttribute : Attribute
{
}
