using System.Collections.Generic;

namespace UnityEngine.UIElements;

/// <summary>A node of the tree. Children that user code adds go into the content container, which is the element itself unless it says otherwise.</summary>
public partial class VisualElement : Focusable
{
    private readonly List<string> _classes = new();
    private readonly Scheduler _scheduler;
    private string _tooltip = "";
    private bool _enabled = true;

    public VisualElement()
    {
        _scheduler = new Scheduler(this);
        focusable = false;
    }

    public string name { get; set; } = "";

    public string viewDataKey { get; set; }

    public object userData { get; set; }

    public PickingMode pickingMode { get; set; }

    public string tooltip
    {
        get => _tooltip;
        set => _tooltip = value ?? "";
    }

    public IPanel panel => OwnPanel;

    public override FocusController focusController => OwnPanel?.focusController;

    public override bool canGrabFocus => enabledInHierarchy && OwnPanel != null && IsShown && base.canGrabFocus;

    public bool visible
    {
        get => style.visibility.value == Visibility.Visible;
        set => style.visibility = value ? Visibility.Visible : Visibility.Hidden;
    }

    public bool enabledInHierarchy => _enabled && (hierarchy.parent?.enabledInHierarchy ?? true);

    public IStyle style { get; } = new InlineStyle();

    public VisualElementStyleSheetSet styleSheets => new(SheetList);

    public IVisualElementScheduler schedule => _scheduler;

    internal Panel OwnPanel { get; set; }

    internal List<StyleSheet> SheetList { get; } = new();

    internal Scheduler OwnScheduler => _scheduler;

    /// <summary>Whether nothing above or here takes it out of the layout.</summary>
    internal bool IsShown => (style.display.keyword != StyleKeyword.Undefined || style.display.value == DisplayStyle.Flex) && (hierarchy.parent?.IsShown ?? true);

    /// <summary>How often it was asked to be drawn again.</summary>
    internal int Repaints { get; private set; }

    public void SetEnabled(bool value) => _enabled = value;

    public void MarkDirtyRepaint() => Repaints++;

    public IEnumerable<string> GetClasses() => _classes.ToArray();

    public void ClearClassList() => _classes.Clear();

    public void AddToClassList(string className)
    {
        if (!string.IsNullOrEmpty(className) && !_classes.Contains(className)) _classes.Add(className);
    }

    public void RemoveFromClassList(string className) => _classes.Remove(className);

    public void ToggleInClassList(string className) => EnableInClassList(className, !ClassListContains(className));

    public void EnableInClassList(string className, bool enable)
    {
        if (enable) AddToClassList(className);
        else RemoveFromClassList(className);
    }

    public bool ClassListContains(string cls) => _classes.Contains(cls);

    public object FindAncestorUserData()
    {
        for (VisualElement place = parent; place != null; place = place.parent) if (place.userData != null) return place.userData;
        return null;
    }

    public override void Focus()
    {
        if (delegatesFocus && !canGrabFocus) this.Query().Where(element => element.canGrabFocus).First()?.Focus();
        else base.Focus();
    }

    public override void SendEvent(EventBase e) => OwnPanel?.Send(e, this);

    public override string ToString() => $"{GetType().Name} {name} ({layout})";
}
