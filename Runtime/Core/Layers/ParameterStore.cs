using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// All parameters of a layer or a model: one array of values and one of gradients, and the named views into them. An optimizer sweeps
    /// the two arrays and never sees a layer.
    /// </summary>
    public sealed class ParameterStore
    {
        private readonly List<Parameter> _parameters = new List<Parameter>();

        /// <summary>The views, in the order of the arrays.</summary>
        public IReadOnlyList<Parameter> Parameters => _parameters;

        /// <summary>How many numbers there are in all.</summary>
        public int Length => Values.Length;

        /// <summary>The values of all parameters. Whoever writes here calls <see cref="Touch"/> afterwards.</summary>
        public float[] Values { get; private set; } = Array.Empty<float>();

        /// <summary>The gradients of all parameters, in the same order.</summary>
        public float[] Gradients { get; private set; } = Array.Empty<float>();

        /// <summary>Rises whenever values changed, so that layers know when to pack their weights again.</summary>
        public int Version { get; private set; } = 1;

        /// <summary>Says that <see cref="Values"/> changed.</summary>
        public void Touch() => Version++;

        /// <summary>Sets all gradients to zero.</summary>
        public void ClearGradients() => Array.Clear(Gradients, 0, Gradients.Length);

        /// <summary>The parameter of that name.</summary>
        /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
        public Parameter this[string name]
        {
            get
            {
                foreach (Parameter parameter in _parameters)
                    if (parameter.Name == name) return parameter;
                throw new KeyNotFoundException($"No parameter is called '{name}'; there are {string.Join(", ", _parameters)}.");
            }
        }

        internal Parameter Add(string name, params int[] shape)
        {
            var parameter = new Parameter(this, name, Length, shape);
            Resize(Length + parameter.Length);
            _parameters.Add(parameter);
            return parameter;
        }

        /// <summary>Takes over the parameters of <paramref name="others"/>, with their values: from now on they are views into this store.</summary>
        internal void Adopt(IReadOnlyList<ParameterStore> others)
        {
            int length = Length, offset = Length;
            foreach (ParameterStore other in others) length += other.Length;
            Resize(length);
            foreach (ParameterStore other in others)
            {
                foreach (Parameter parameter in other._parameters)
                {
                    parameter.MoveTo(this, offset);
                    offset += parameter.Length;
                    _parameters.Add(parameter);
                }
                other._parameters.Clear();
                other.Resize(0);
            }
            Touch();
        }

        private void Resize(int length)
        {
            float[] values = Values, gradients = Gradients;
            Array.Resize(ref values, length);
            Array.Resize(ref gradients, length);
            Values = values;
            Gradients = gradients;
        }
    }
}
