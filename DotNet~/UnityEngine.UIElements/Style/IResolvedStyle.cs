using UnityEngine;

namespace UnityEngine.UIElements;

public interface IResolvedStyle
{
    Color backgroundColor { get; }

    Color color { get; }

    DisplayStyle display { get; }

    FlexDirection flexDirection { get; }

    float flexGrow { get; }

    float height { get; }

    float opacity { get; }

    Visibility visibility { get; }

    float width { get; }
}
