using System;

namespace UnityEditor;

[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class MenuItem : Attribute
{
    public string menuItem;
    public bool validate;
    public int priority;

    public MenuItem(string itemName) : this(itemName, false)
    {
    }

    public MenuItem(string itemName, bool isValidateFunction) : this(itemName, isValidateFunction, 1000)
    {
    }

    public MenuItem(string itemName, bool isValidateFunction, int priority) => (menuItem, validate, this.priority) = (itemName, isValidateFunction, priority);
}
