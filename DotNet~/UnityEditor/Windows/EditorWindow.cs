using System;
using System.Linq;
using UnityEngine;
using UnityEngine.UIElements;
using UnityEditor.Double;

namespace UnityEditor;

/// <summary>A window: Awake and OnEnable when it is made, CreateGUI when it is shown, and its panel's clock moves with the session's.</summary>
public class EditorWindow : ScriptableObject
{
    private Panel _panel = new(640F, 480F);
    private VisualElement _root;
    private Rect _position = new(0F, 0F, 640F, 480F);
    private GUIContent _title;

    public static EditorWindow focusedWindow => Session.Focused;

    public VisualElement rootVisualElement
    {
        get
        {
            if (_root != null) return _root;
            _root = new VisualElement { name = "rootVisualElement" };
            _root.style.flexGrow = 1F;
            _panel.visualTree.Add(_root);
            return _root;
        }
    }

    public GUIContent titleContent
    {
        get => _title ??= new GUIContent(GetType().Name);
        set => _title = value;
    }

    public Rect position
    {
        get => _position;
        set
        {
            _position = value;
            _panel.Resize(value.width, value.height);
        }
    }

    public Vector2 minSize { get; set; } = new(100F, 100F);

    public Vector2 maxSize { get; set; } = new(4000F, 4000F);

    public bool hasFocus => Session.Focused == this;

    public bool docked => false;

    public bool maximized { get; set; }

    public bool wantsMouseMove { get; set; }

    public bool autoRepaintOnSceneChange { get; set; }

    public bool hasUnsavedChanges { get; protected set; }

    public string saveChangesMessage { get; protected set; } = "";

    internal Panel OwnPanel => _panel;

    /// <summary>How often it asked to be drawn.</summary>
    internal int Repaints { get; private set; }

    /// <summary>What it said over its content, or null.</summary>
    internal GUIContent Notification { get; private set; }

    public static T GetWindow<T>() where T : EditorWindow => GetWindow<T>(false, null, true);

    public static T GetWindow<T>(string title) where T : EditorWindow => GetWindow<T>(false, title, true);

    public static T GetWindow<T>(bool utility) where T : EditorWindow => GetWindow<T>(utility, null, true);

    public static T GetWindow<T>(bool utility, string title) where T : EditorWindow => GetWindow<T>(utility, title, true);

    public static T GetWindow<T>(string title, bool focus) where T : EditorWindow => GetWindow<T>(false, title, focus);

    public static T GetWindow<T>(bool utility, string title, bool focus) where T : EditorWindow
    {
        T window = Session.Windows.OfType<T>().FirstOrDefault();
        if (window == null) window = CreateInstance<T>();
        if (title != null) window.titleContent = new GUIContent(title);
        if (!Session.Windows.Contains(window)) window.Show();
        else if (focus) window.Focus();
        return window;
    }

    public static T CreateWindow<T>(params Type[] desiredDockNextTo) where T : EditorWindow
    {
        T window = CreateInstance<T>();
        window.Show();
        return window;
    }

    public static bool HasOpenInstances<T>() where T : EditorWindow => Session.Windows.OfType<T>().Any();

    public static void FocusWindowIfItsOpen<T>() where T : EditorWindow => Session.Windows.OfType<T>().FirstOrDefault()?.Focus();

    public void Show() => Show(false);

    public void Show(bool immediateDisplay)
    {
        if (!Session.Windows.Contains(this)) Session.Open(this);
        Focus();
    }

    public void ShowUtility() => Show();

    public void ShowPopup() => Show();

    public void ShowAuxWindow() => Show();

    public void Focus() => Session.Focus(this);

    public void Close()
    {
        Session.Close(this);
        DestroyImmediate(this, true);
        _panel.Dispose();
    }

    public void Repaint() => Repaints++;

    public void ShowNotification(GUIContent notification) => Notification = notification;

    public void ShowNotification(GUIContent notification, double fadeoutWait) => ShowNotification(notification);

    public void RemoveNotification() => Notification = null;

    public virtual void SaveChanges() => hasUnsavedChanges = false;

    public virtual void DiscardChanges() => hasUnsavedChanges = false;

    /// <summary>What the system says, handed to whoever it concerns.</summary>
    public bool SendEvent(Event e)
    {
        EventBase made = e.type switch
        {
            EventType.KeyDown => KeyDownEvent.GetPooled(e),
            EventType.KeyUp => KeyUpEvent.GetPooled(e),
            EventType.MouseDown => PointerDownEvent.GetPooled(e),
            EventType.MouseUp => PointerUpEvent.GetPooled(e),
            EventType.MouseMove or EventType.MouseDrag => PointerMoveEvent.GetPooled(e),
            EventType.ScrollWheel => WheelEvent.GetPooled(e),
            EventType.ValidateCommand => ValidateCommandEvent.GetPooled(e.commandName),
            EventType.ExecuteCommand => ExecuteCommandEvent.GetPooled(e.commandName),
            EventType.DragUpdated => DragUpdatedEvent.GetPooled(e),
            EventType.DragPerform => DragPerformEvent.GetPooled(e),
            _ => null,
        };
        if (made == null) return false;
        using (made) _panel.visualTree.SendEvent(made);
        return made.isPropagationStopped;
    }
}
