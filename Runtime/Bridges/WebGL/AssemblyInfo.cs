using UnityEngine.Scripting;

// Nothing refers to this assembly: it listens for saves itself, and keeps itself from being stripped.
[assembly: AlwaysLinkAssembly]
