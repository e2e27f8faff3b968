using System;
using System.Collections.Generic;
using System.Linq;

namespace UnityEngine.UIElements;

/// <summary>What an element has to do later: it runs while the element is in a panel, by the panel's clock.</summary>
internal sealed class Scheduler : IVisualElementScheduler
{
    private readonly VisualElement _element;
    private readonly List<Item> _items = new();

    public Scheduler(VisualElement element) => _element = element;

    /// <summary>When something is due next.</summary>
    public long? Next => _items.Where(item => item.isActive).Select(item => (long?)item.Due).Min();

    public IVisualElementScheduledItem Execute(Action<TimerState> timerUpdateEvent)
    {
        var item = new Item(_element, timerUpdateEvent);
        _items.Add(item);
        return item;
    }

    public IVisualElementScheduledItem Execute(Action updateEvent) => Execute(_ => updateEvent());

    public void Run(long now)
    {
        foreach (Item item in _items.ToArray()) item.Run(now);
        _items.RemoveAll(item => item.IsOver);
    }

    private sealed class Item : IVisualElementScheduledItem
    {
        private readonly Action<TimerState> _action;
        private long _last;
        private long? _delay;
        private long? _end;
        private long _interval = -1;
        private Func<bool> _stop;

        public Item(VisualElement element, Action<TimerState> action)
        {
            this.element = element;
            _action = action;
            isActive = true;
            Due = _last = Now;
        }

        public VisualElement element { get; }

        public bool isActive { get; private set; }

        public long Due { get; private set; }

        public bool IsOver { get; private set; }

        private long Now => element.OwnPanel?.Now ?? 0;

        public void Resume()
        {
            if (isActive) return;
            isActive = true;
            Due = Now + (_delay ?? 0);
        }

        public void Pause() => isActive = false;

        public void ExecuteLater(long delayMs)
        {
            isActive = true;
            Due = Now + delayMs;
        }

        public IVisualElementScheduledItem StartingIn(long delayMs)
        {
            _delay = delayMs;
            Due = Now + delayMs;
            return this;
        }

        public IVisualElementScheduledItem Every(long intervalMs)
        {
            _interval = intervalMs;
            return this;
        }

        public IVisualElementScheduledItem Until(Func<bool> stopCondition)
        {
            _stop = stopCondition;
            return this;
        }

        public IVisualElementScheduledItem ForDuration(long durationMs)
        {
            _end = Now + durationMs;
            return this;
        }

        public void Run(long now)
        {
            if (!isActive || Due > now) return;
            _action(new TimerState { start = _last, now = now });
            _last = now;
            if (_interval < 0 || _stop?.Invoke() == true || _end <= now)
            {
                // Without an interval it rests, and may be asked again; one that has ended does not come back.
                isActive = false;
                IsOver = _interval >= 0 && (_stop != null || _end <= now);
                return;
            }

            if (isActive) Due = now + Math.Max(1, _interval);
        }
    }
}
