namespace UnityEditor;

public enum BuildTargetGroup
{
    Unknown = 0,
    Standalone = 1,
    iOS = 4,
    Android = 7,
    WebGL = 13,
    WSA = 14,
    PS4 = 19,
    XboxOne = 21,
    tvOS = 25,
    Switch = 27,
    LinuxHeadlessSimulation = 30,
    PS5 = 33,
    EmbeddedLinux = 34,
    QNX = 35,
}
