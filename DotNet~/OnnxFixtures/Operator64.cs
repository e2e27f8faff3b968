using System;
using System.Collections.Generic;

namespace Recurrent.OnnxFixtures;

/// <summary>
/// The operators RNN, LSTM and GRU in double precision, written out from their definition for one sequence at a time
/// (onnx/docs/Operators.md), without anything of the package's layers. A limit acts on what goes into the functions of the gates and the candidate.
/// </summary>
internal sealed class Operator64
{
    private readonly Case _case;
    private readonly Dictionary<string, float[]> _given;
    private readonly int _h;
    private readonly List<Func<double, double>> _functions = new();

    public Operator64(Case which, Dictionary<string, float[]> given)
    {
        _case = which;
        _given = given;
        _h = which.Hidden;
        string[] standard = which.Operator switch { "LSTM" => ["Sigmoid", "Tanh", "Tanh"], "GRU" => ["Sigmoid", "Tanh"], _ => ["Tanh"] };
        var alpha = new Queue<float>(which.Alpha ?? []);
        var beta = new Queue<float>(which.Beta ?? []);
        float Alpha(float otherwise) => alpha.TryDequeue(out float value) ? value : otherwise;
        float Beta(float otherwise) => beta.TryDequeue(out float value) ? value : otherwise;
        for (int i = 0; i < which.Directions * standard.Length; i++)
            _functions.Add(Function((which.Activations == null ? standard[i % standard.Length] : which.Activations[i]), Alpha, Beta));
    }

    /// <summary>Y, Y_h and Y_c in the case's layout.</summary>
    public SortedDictionary<string, double[]> Run()
    {
        Case c = _case;
        int t = c.Steps, b = c.Batch, d = c.Directions;
        var y = new double[t * d * b * _h];
        var yh = new double[d * b * _h];
        var yc = new double[d * b * _h];
        for (int direction = 0; direction < d; direction++)
            for (int row = 0; row < b; row++)
            {
                int length = c.Lengths == null ? t : c.Lengths[row];
                if (length == 0) continue;
                var h = new double[_h];
                var cell = new double[_h];
                for (int u = 0; u < _h; u++)
                {
                    int at = State(direction, row, u);
                    if (_given.TryGetValue("initial_h", out float[]? h0)) h[u] = h0[at];
                    if (_given.TryGetValue("initial_c", out float[]? c0)) cell[u] = c0[at];
                }
                bool backward = c.Direction == "reverse" || direction == 1;
                for (int i = 0; i < length; i++)
                {
                    int step = backward ? length - 1 - i : i;
                    h = Step(direction, row, step, h, ref cell);
                    for (int u = 0; u < _h; u++)
                        y[c.Layout == 1 ? ((row * t + step) * d + direction) * _h + u : ((step * d + direction) * b + row) * _h + u] = h[u];
                }
                for (int u = 0; u < _h; u++)
                {
                    yh[State(direction, row, u)] = h[u];
                    yc[State(direction, row, u)] = cell[u];
                }
            }
        var outputs = new SortedDictionary<string, double[]>(StringComparer.Ordinal) { ["Y"] = y, ["Y_h"] = yh };
        if (c.Operator == "LSTM") outputs["Y_c"] = yc;
        return outputs;
    }

    private double[] Step(int direction, int row, int step, double[] h, ref double[] cell)
    {
        var next = new double[_h];
        switch (_case.Operator)
        {
            case "RNN":
                for (int u = 0; u < _h; u++) next[u] = F(direction, 0, Input(direction, row, step, 0, u) + Recurrent(direction, 0, u, h) + Bias(direction, 0, u, true) + Bias(direction, 0, u, false));
                return next;
            case "GRU":
                {
                    double Full(int gate, int u) => Input(direction, row, step, gate, u) + Recurrent(direction, gate, u, h) + Bias(direction, gate, u, true) + Bias(direction, gate, u, false);
                    var z = new double[_h];
                    var r = new double[_h];
                    var reset = new double[_h];
                    for (int u = 0; u < _h; u++)
                    {
                        z[u] = F(direction, 0, Full(0, u));
                        r[u] = F(direction, 0, Full(1, u));
                        reset[u] = r[u] * h[u];
                    }
                    for (int u = 0; u < _h; u++)
                    {
                        double x = Input(direction, row, step, 2, u) + Bias(direction, 2, u, true);
                        double n = F(direction, 1, _case.LinearBeforeReset
                            ? x + r[u] * (Recurrent(direction, 2, u, h) + Bias(direction, 2, u, false))
                            : x + Recurrent(direction, 2, u, reset) + Bias(direction, 2, u, false));
                        next[u] = (1 - z[u]) * n + z[u] * h[u];
                    }
                    return next;
                }
            default:
                {
                    var after = new double[_h];
                    for (int u = 0; u < _h; u++)
                    {
                        double Full(int gate) => Input(direction, row, step, gate, u) + Recurrent(direction, gate, u, h) + Bias(direction, gate, u, true) + Bias(direction, gate, u, false);
                        double i = F(direction, 0, Full(0) + Peephole(direction, 0, u) * cell[u]);
                        double f = _case.InputForget ? 1 - i : F(direction, 0, Full(2) + Peephole(direction, 2, u) * cell[u]);
                        double candidate = F(direction, 1, Full(3));
                        after[u] = f * cell[u] + i * candidate;
                        double o = F(direction, 0, Full(1) + Peephole(direction, 1, u) * after[u]);
                        next[u] = o * _functions[3 * direction + 2](after[u]);
                    }
                    cell = after;
                    return next;
                }
        }
    }

    private int State(int direction, int row, int u) => (_case.Layout == 1 ? row * _case.Directions + direction : direction * _case.Batch + row) * _h + u;

    private double Input(int direction, int row, int step, int gate, int u)
    {
        double sum = 0;
        for (int i = 0; i < _case.Input; i++)
            sum += (double)_given["W"][((direction * _case.Gates + gate) * _h + u) * _case.Input + i]
                * _given["X"][(_case.Layout == 1 ? row * _case.Steps + step : step * _case.Batch + row) * _case.Input + i];
        return sum;
    }

    private double Recurrent(int direction, int gate, int u, double[] h)
    {
        double sum = 0;
        for (int i = 0; i < _h; i++) sum += _given["R"][((direction * _case.Gates + gate) * _h + u) * _h + i] * h[i];
        return sum;
    }

    private double Bias(int direction, int gate, int u, bool ofInput) =>
        _given.TryGetValue("B", out float[]? b) ? b[(direction * 2 + (ofInput ? 0 : 1)) * _case.Gates * _h + gate * _h + u] : 0;

    private double Peephole(int direction, int gate, int u) => _given.TryGetValue("P", out float[]? p) ? p[(direction * 3 + gate) * _h + u] : 0;

    /// <summary>The function of a direction, after the limit.</summary>
    private double F(int direction, int function, double x)
    {
        double limit = _case.Clip ?? double.PositiveInfinity;
        return _functions[direction * (_functions.Count / _case.Directions) + function](Math.Clamp(x, -limit, limit));
    }

    private static Func<double, double> Function(string name, Func<float, float> nextAlpha, Func<float, float> nextBeta)
    {
        double a, b;
        switch (name)
        {
            case "Relu": return x => Math.Max(0, x);
            case "Tanh": return Math.Tanh;
            case "Sigmoid": return x => 1 / (1 + Math.Exp(-x));
            case "Softsign": return x => x / (1 + Math.Abs(x));
            case "Softplus": return x => Math.Log(1 + Math.Exp(x));
            case "Affine": (a, b) = (nextAlpha(1), nextBeta(0)); return x => a * x + b;
            case "ScaledTanh": (a, b) = (nextAlpha(1), nextBeta(1)); return x => a * Math.Tanh(b * x);
            case "HardSigmoid": (a, b) = (nextAlpha(0.2f), nextBeta(0.5f)); return x => Math.Clamp(a * x + b, 0, 1);
            case "LeakyRelu": a = nextAlpha(0.01f); return x => x < 0 ? a * x : x;
            case "ThresholdedRelu": a = nextAlpha(1); return x => x > a ? x : 0;
            case "Elu": a = nextAlpha(1); return x => x < 0 ? a * (Math.Exp(x) - 1) : x;
            default: throw new ArgumentException(name);
        }
    }
}
