namespace UnityEditor;

public enum DragAndDropVisualMode
{
    None = 0,
    Copy = 1,
    Link = 2,
    Move = 16,
    Generic = 4,
    Rejected = 32,
}
