using System;

namespace RecurrentEditor
{
    /// <summary>A button of an inspector.</summary>
    internal sealed class InspectorAction
    {
        private readonly Func<string> _name;
        private readonly Func<bool>? _canDo;

        /// <param name="name">What stands on it now.</param>
        /// <param name="act">What it does.</param>
        /// <param name="canDo">Whether it can; always if null.</param>
        public InspectorAction(Func<string> name, Action act, Func<bool>? canDo = null)
        {
            _name = name;
            Act = act;
            _canDo = canDo;
        }

        public string Name => _name();

        public bool IsEnabled => _canDo?.Invoke() ?? true;

        public Action Act { get; }
    }
}
