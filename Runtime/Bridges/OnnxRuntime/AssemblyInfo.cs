using UnityEngine.Scripting;

// Nothing refers to this assembly: it registers ONNX Runtime itself, and keeps it from being stripped.
[assembly: AlwaysLinkAssembly]
