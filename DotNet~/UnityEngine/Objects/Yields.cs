using System;
using System.Collections;

// What a coroutine may yield.
namespace UnityEngine
{
    public class YieldInstruction
    {
    }

    public sealed class WaitForSeconds : YieldInstruction
    {
        internal readonly float Seconds;

        public WaitForSeconds(float seconds) => Seconds = seconds;
    }

    public sealed class WaitForFixedUpdate : YieldInstruction
    {
    }

    public sealed class WaitForEndOfFrame : YieldInstruction
    {
    }

    /// <summary>A coroutine that was started: another may wait for it.</summary>
    public sealed class Coroutine : YieldInstruction
    {
        internal readonly MonoBehaviour Owner;
        internal readonly IEnumerator Iterator;
        internal readonly string? Name;

        internal Coroutine(MonoBehaviour owner, IEnumerator iterator, string? name)
        {
            Owner = owner;
            Iterator = iterator;
            Name = name;
        }

        internal Coroutine? Waiting { get; set; }

        /// <summary>One that it yielded without starting it, and waits for.</summary>
        internal Coroutine? Nested { get; set; }

        internal bool IsDone { get; set; }

        internal bool IsStopped { get; set; }

        internal int SinceFrame { get; set; }

        internal double Due { get; set; }
    }

    public class AsyncOperation : YieldInstruction
    {
        public event Action<AsyncOperation>? completed;

        public bool isDone { get; private set; }

        public float progress => isDone ? 1F : 0F;

        public bool allowSceneActivation { get; set; } = true;

        public int priority { get; set; }

        internal Coroutine? Waiting { get; set; }

        internal void Complete()
        {
            isDone = true;
            Action<AsyncOperation>? told = completed;
            completed = null;
            told?.Invoke(this);
            if (Waiting is { } waiting) World.Current.Coroutines.Advance(waiting);
        }
    }

    public abstract class CustomYieldInstruction : IEnumerator
    {
        public abstract bool keepWaiting { get; }

        public object Current => null!;

        public bool MoveNext() => keepWaiting;

        public virtual void Reset()
        {
        }
    }

    public sealed class WaitUntil : CustomYieldInstruction
    {
        private readonly Func<bool> _predicate;

        public WaitUntil(Func<bool> predicate) => _predicate = predicate;

        public override bool keepWaiting => !_predicate();
    }

    public sealed class WaitWhile : CustomYieldInstruction
    {
        private readonly Func<bool> _predicate;

        public WaitWhile(Func<bool> predicate) => _predicate = predicate;

        public override bool keepWaiting => _predicate();
    }

    public class WaitForSecondsRealtime : CustomYieldInstruction
    {
        private double _until = -1;

        public WaitForSecondsRealtime(float time) => waitTime = time;

        public float waitTime { get; set; }

        public override bool keepWaiting
        {
            get
            {
                if (_until < 0) _until = World.Current.Clock.Realtime + waitTime;
                bool waits = World.Current.Clock.Realtime < _until;
                if (!waits) Reset();
                return waits;
            }
        }

        public override void Reset() => _until = -1;
    }
}
