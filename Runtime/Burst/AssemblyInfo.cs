using UnityEngine.Scripting;

// Nothing refers to this assembly: it registers itself.
[assembly: AlwaysLinkAssembly]
