using System;

namespace UnityEngine.Events
{
    public delegate void UnityAction();

    public delegate void UnityAction<T0>(T0 arg0);

    public delegate void UnityAction<T0, T1>(T0 arg0, T1 arg1);

    public delegate void UnityAction<T0, T1, T2>(T0 arg0, T1 arg1, T2 arg2);

    /// <summary>Who listens is called in the order of being added; one that throws ends the call, as in the engine.</summary>
    [Serializable]
    public abstract class UnityEventBase
    {
        public int GetPersistentEventCount() => 0;

        public void RemoveAllListeners() => Forget();

        internal abstract void Forget();
    }

    [Serializable]
    public class UnityEvent : UnityEventBase
    {
        private UnityAction? _calls;

        public void AddListener(UnityAction call) => _calls += call;

        public void RemoveListener(UnityAction call) => _calls -= call;

        public void Invoke() => _calls?.Invoke();

        internal override void Forget() => _calls = null;
    }

    [Serializable]
    public class UnityEvent<T0> : UnityEventBase
    {
        private UnityAction<T0>? _calls;

        public void AddListener(UnityAction<T0> call) => _calls += call;

        public void RemoveListener(UnityAction<T0> call) => _calls -= call;

        public void Invoke(T0 arg0) => _calls?.Invoke(arg0);

        internal override void Forget() => _calls = null;
    }

    [Serializable]
    public class UnityEvent<T0, T1> : UnityEventBase
    {
        private UnityAction<T0, T1>? _calls;

        public void AddListener(UnityAction<T0, T1> call) => _calls += call;

        public void RemoveListener(UnityAction<T0, T1> call) => _calls -= call;

        public void Invoke(T0 arg0, T1 arg1) => _calls?.Invoke(arg0, arg1);

        internal override void Forget() => _calls = null;
    }

    [Serializable]
    public class UnityEvent<T0, T1, T2> : UnityEventBase
    {
        private UnityAction<T0, T1, T2>? _calls;

        public void AddListener(UnityAction<T0, T1, T2> call) => _calls += call;

        public void RemoveListener(UnityAction<T0, T1, T2> call) => _calls -= call;

        public void Invoke(T0 arg0, T1 arg1, T2 arg2) => _calls?.Invoke(arg0, arg1, arg2);

        internal override void Forget() => _calls = null;
    }
}
