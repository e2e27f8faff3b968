using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.OnnxRuntime;

namespace Recurrent.Benchmarks;

/// <summary>
/// ONNX Runtime at its fastest: memory bound once, and two bindings used in turn, so that the states that one call puts out are those that the next
/// begins with. Allocates no managed memory.
/// </summary>
internal sealed class OnnxRuntimeContender : LocalContender
{
    private readonly Frames _frames;
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _values = [];
    private readonly OrtIoBinding[] _bindings;
    private readonly float[] _input, _output;
    private int _turn;

    public OnnxRuntimeContender(RecurrentLayer layer, CellKind cell, Frames frames, int threads)
    {
        _frames = frames;
        _input = new float[frames.Size];
        _output = new float[frames.Steps * frames.Batch * layer.HiddenSize];
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        _session = new InferenceSession(OnnxLayer.Model(layer, cell, frames.Steps, frames.Batch), options);

        OrtValue x = Take(_input, frames.Steps, frames.Batch, frames.Input);
        OrtValue y = Take(_output, frames.Steps, 1, frames.Batch, layer.HiddenSize);
        string[] states = cell == CellKind.LSTM ? ["h", "c"] : ["h"];
        OrtValue[][] memory = Enumerable.Range(0, 2)
            .Select(_ => states.Select(_ => Take(new float[frames.Batch * layer.HiddenSize], 1, frames.Batch, layer.HiddenSize)).ToArray()).ToArray();
        _bindings = Enumerable.Range(0, 2).Select(turn =>
        {
            OrtIoBinding binding = _session.CreateIoBinding();
            binding.BindInput("x", x);
            binding.BindOutput("y", y);
            for (int i = 0; i < states.Length; i++)
            {
                binding.BindInput(states[i] + "0", memory[turn][i]);
                binding.BindOutput(states[i], memory[1 - turn][i]);
            }
            return binding;
        }).ToArray();
    }

    public static string Version => OrtEnv.Instance().GetVersionString();

    /// <summary>The output of the last of the frames.</summary>
    public override float[][] Check()
    {
        foreach (float[] frame in _frames.Values)
        {
            frame.CopyTo(_input, 0);
            Call();
        }
        return [_output];
    }

    public override void Dispose()
    {
        foreach (IDisposable item in _bindings.Concat<IDisposable>(_values)) item.Dispose();
        _options.Dispose();
        _session.Dispose();
    }

    protected override void Call()
    {
        _session.RunWithBinding(_options, _bindings[_turn]);
        _turn = 1 - _turn;
    }

    private OrtValue Take(float[] memory, params long[] shape)
    {
        OrtValue value = OrtValue.CreateTensorValueFromMemory(memory, shape);
        _values.Add(value);
        return value;
    }
}
