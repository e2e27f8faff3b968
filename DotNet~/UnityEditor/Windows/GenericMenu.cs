using System;
using System.Collections.Generic;
using UnityEngine;

namespace UnityEditor;

public sealed class GenericMenu
{
    public delegate void MenuFunction();

    public delegate void MenuFunction2(object userData);

    internal List<(GUIContent Content, bool IsOn, Action Choose)> Items { get; } = new();

    public void AddItem(GUIContent content, bool on, MenuFunction func) => Items.Add((content, on, func == null ? null : new Action(func)));

    public void AddItem(GUIContent content, bool on, MenuFunction2 func, object userData) => Items.Add((content, on, () => func(userData)));

    public void AddDisabledItem(GUIContent content) => Items.Add((content, false, null));

    public void AddSeparator(string path) => Items.Add((null, false, null));

    public int GetItemCount() => Items.Count;

    public void ShowAsContext() => Double.Session.Menu = this;

    public void DropDown(Rect position) => Double.Session.Menu = this;
}
