using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using Modules = TorchSharp.Modules;
using static TorchSharp.torch;

namespace Recurrent.Benchmarks;

/// <summary>TorchSharp's training step, as its documentation writes it. The loss is not read back.</summary>
internal sealed class TorchTraining : LocalContender
{
    private readonly string[] _names;
    private readonly nn.Module _recurrent;
    private readonly Modules.Linear _head;
    private readonly optim.Optimizer _adam;
    private readonly Tensor _x, _target;

    /// <param name="workload">Sizes.</param>
    /// <param name="cell">Kind of layer.</param>
    /// <param name="parameters">The values to begin with, under our names.</param>
    /// <param name="inputs">(B, T, I).</param>
    /// <param name="targets">(B, 1).</param>
    public TorchTraining(Workload workload, CellKind cell, IReadOnlyDictionary<string, float[]> parameters, float[] inputs, float[] targets)
    {
        _names = parameters.Keys.ToArray();
        _recurrent = TorchRecurrent.Create(cell, workload.Input, workload.Hidden, workload.Layers, workload.Bidirectional, batchFirst: true);
        _head = nn.Linear(workload.Hidden * workload.Directions, 1);
        TorchRecurrent.Set(_recurrent, "0.", parameters);
        TorchRecurrent.Set(_head, "2.", parameters);
        _adam = optim.Adam(_recurrent.parameters().Concat(_head.parameters()), 1e-3);
        _x = tensor(inputs, [workload.Batch, workload.Steps, workload.Input]);
        _target = tensor(targets, [workload.Batch, 1]);
    }

    public override float[][] Check()
    {
        var checks = new List<float[]> { Outputs() };
        Call();
        Dictionary<string, float[]> gradients = Gradients("0.", _recurrent).Concat(Gradients("2.", _head)).ToDictionary();
        checks.AddRange(_names.Select(name => gradients[name]));
        for (int i = 1; i < OurTraining.CheckSteps; i++) Call();
        checks.Add(Outputs());
        return checks.ToArray();
    }

    public float[] Outputs()
    {
        using DisposeScope scope = NewDisposeScope();
        using var off = no_grad();
        return Forward().data<float>().ToArray();
    }

    public override void Dispose()
    {
        _adam.Dispose();
        _head.Dispose();
        _recurrent.Dispose();
        _x.Dispose();
        _target.Dispose();
    }

    protected override void Call()
    {
        using DisposeScope scope = NewDisposeScope();
        _adam.zero_grad();
        Tensor loss = nn.functional.mse_loss(Forward(), _target);
        loss.backward();
        _adam.step();
    }

    private Tensor Forward() => _head.forward(TorchRecurrent.Output(_recurrent, _x).select(1, -1));

    private static IEnumerable<KeyValuePair<string, float[]>> Gradients(string prefix, nn.Module module) =>
        module.named_parameters().Select(named => KeyValuePair.Create(prefix + named.name, named.parameter.grad!.data<float>().ToArray()));
}
