using System;

namespace UnityEngine.UIElements;

public abstract class BaseSlider<TValueType> : BaseField<TValueType> where TValueType : IComparable<TValueType>
{
    private TValueType _low;
    private TValueType _high;

    internal BaseSlider(string label, TValueType start, TValueType end, SliderDirection direction, float pageSize) : base(label)
    {
        (_low, _high) = (start, end);
        this.direction = direction;
        this.pageSize = pageSize;
        rawValue = Clamp(rawValue);
    }

    public TValueType lowValue
    {
        get => _low;
        set
        {
            _low = value;
            this.value = Clamp(rawValue);
        }
    }

    public TValueType highValue
    {
        get => _high;
        set
        {
            _high = value;
            this.value = Clamp(rawValue);
        }
    }

    public SliderDirection direction { get; set; }

    public virtual float pageSize { get; set; }

    public virtual bool showInputField { get; set; }

    public override TValueType value
    {
        get => base.value;
        set => base.value = Clamp(value);
    }

    public override void SetValueWithoutNotify(TValueType newValue) => base.SetValueWithoutNotify(Clamp(newValue));

    private TValueType Clamp(TValueType at) => at.CompareTo(_low) < 0 ? _low : at.CompareTo(_high) > 0 ? _high : at;
}
