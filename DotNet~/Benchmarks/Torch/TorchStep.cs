using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Modules = TorchSharp.Modules;
using static TorchSharp.torch;

namespace Recurrent.Benchmarks;

/// <summary>One step of a batch with carried states in TorchSharp's inference mode: through the layer's module, or through the cell's.</summary>
internal sealed class TorchStep : LocalContender
{
    private readonly nn.Module _module;
    private readonly float[][] _frames;
    private readonly Tensor _x;
    private Tensor _h, _c;

    /// <param name="cell">Kind of layer.</param>
    /// <param name="input">Features of the input.</param>
    /// <param name="hidden">Hidden units.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="asCell">Whether torch's cell is used.</param>
    /// <param name="parameters">The values, under our names.</param>
    /// <param name="frames">(batch, input) each.</param>
    public TorchStep(CellKind cell, int input, int hidden, int batch, bool asCell, IReadOnlyDictionary<string, float[]> parameters, float[][] frames)
    {
        _frames = frames;
        if (asCell)
        {
            _module = cell switch
            {
                CellKind.LSTM => nn.LSTMCell(input, hidden),
                CellKind.GRU => nn.GRUCell(input, hidden),
                _ => nn.RNNCell(input, hidden, nn.NonLinearities.Tanh),
            };
            TorchRecurrent.Set(_module, "", parameters.ToDictionary(named => named.Key.Replace("_l0", ""), named => named.Value));
        }
        else
        {
            _module = TorchRecurrent.Create(cell, input, hidden, 1, bidirectional: false, batchFirst: false);
            TorchRecurrent.Set(_module, "", parameters);
        }
        _module.eval();
        long[] steps = asCell ? [] : [1];
        _x = zeros([.. steps, batch, input]);
        _h = zeros([.. steps, batch, hidden]);
        _c = zeros([.. steps, batch, hidden]);
    }

    /// <summary>The output of the last of the frames.</summary>
    public override float[][] Check()
    {
        foreach (float[] frame in _frames)
        {
            _x.bytes = MemoryMarshal.AsBytes(frame.AsSpan());
            Call();
        }
        return [_h.data<float>().ToArray()];
    }

    public override void Dispose()
    {
        _module.Dispose();
        _x.Dispose();
        _h.Dispose();
        _c.Dispose();
    }

    protected override void Call()
    {
        using var inference = inference_mode();
        Tensor h, c = _c;
        switch (_module)
        {
            case Modules.LSTM lstm:
                (Tensor y, h, c) = lstm.forward(_x, (_h, _c));
                y.Dispose();
                break;
            case Modules.GRU gru:
                (y, h) = gru.forward(_x, _h);
                y.Dispose();
                break;
            case Modules.RNN rnn:
                (y, h) = rnn.forward(_x, _h);
                y.Dispose();
                break;
            case Modules.LSTMCell lstm:
                (h, c) = lstm.forward(_x, (_h, _c));
                break;
            case Modules.GRUCell gru:
                h = gru.forward(_x, _h);
                break;
            default:
                h = ((Modules.RNNCell)_module).forward(_x, _h);
                break;
        }
        _h.Dispose();
        if (!ReferenceEquals(c, _c)) _c.Dispose();
        (_h, _c) = (h, c);
    }
}
