namespace UnityEngine.UIElements;

public class Slider : BaseSlider<float>
{
    public new static readonly string ussClassName = "unity-slider";

    public Slider() : this(null, 0, 10)
    {
    }

    public Slider(float start, float end, SliderDirection direction = SliderDirection.Horizontal, float pageSize = 0) : this(null, start, end, direction, pageSize)
    {
    }

    public Slider(string label, float start = 0, float end = 10, SliderDirection direction = SliderDirection.Horizontal, float pageSize = 0) : base(label, start, end, direction, pageSize) =>
        AddToClassList(ussClassName);
}
