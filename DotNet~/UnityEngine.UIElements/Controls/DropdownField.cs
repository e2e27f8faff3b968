using System;
using System.Collections.Generic;

namespace UnityEngine.UIElements;

public class DropdownField : PopupField<string>
{
    public DropdownField() : this((string)null)
    {
    }

    public DropdownField(string label) : base(label)
    {
    }

    public DropdownField(List<string> choices, int defaultIndex, Func<string, string> formatSelectedValueCallback = null, Func<string, string> formatListItemCallback = null)
        : base(choices, defaultIndex, formatSelectedValueCallback, formatListItemCallback)
    {
    }

    public DropdownField(string label, List<string> choices, int defaultIndex, Func<string, string> formatSelectedValueCallback = null, Func<string, string> formatListItemCallback = null)
        : base(label, choices, defaultIndex, formatSelectedValueCallback, formatListItemCallback)
    {
    }
}
