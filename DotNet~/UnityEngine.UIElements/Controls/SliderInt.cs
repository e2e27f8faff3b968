namespace UnityEngine.UIElements;

public class SliderInt : BaseSlider<int>
{
    public new static readonly string ussClassName = "unity-slider-int";

    public SliderInt() : this(null, 0, 10)
    {
    }

    public SliderInt(int start, int end, SliderDirection direction = SliderDirection.Horizontal, float pageSize = 0) : this(null, start, end, direction, pageSize)
    {
    }

    public SliderInt(string label, int start = 0, int end = 10, SliderDirection direction = SliderDirection.Horizontal, float pageSize = 0) : base(label, start, end, direction, pageSize) =>
        AddToClassList(ussClassName);
}
