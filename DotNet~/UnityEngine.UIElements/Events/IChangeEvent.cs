using UnityEngine;

namespace UnityEngine.UIElements;

public interface IChangeEvent
{
}
