using UnityEngine;

namespace UnityEditor;

public class DefaultAsset : UnityEngine.Object
{
}
