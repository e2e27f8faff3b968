using BenchmarkDotNet.Attributes;

namespace Recurrent.Benchmarks;

/// <summary>
/// The fused passes over the gates of 32 rows and 64 units. Each begins with a copy of the same pre-activations, because a pass replaces them: over and over
/// they would fade to numbers that no training meets.
/// </summary>
public unsafe class GateSuite : KernelSuite
{
    private const int Rows = 32, Units = 64;

    private KernelSet _kernels = null!;
    private AlignedBuffer _gates = null!, _preActivations = null!;
    private GateStep _step;

    [GlobalSetup]
    public void Open()
    {
        int states = Rows * Units;
        _kernels = Set;
        _gates = Take(4 * states);
        _preActivations = Take(4 * states);
        _step = new GateStep
        {
            Rows = Rows,
            Hidden = Units,
            Gates = _gates.Pointer,
            PanelStride = Rows * 4 * Panels.Lanes,
            CPrevious = Take(states).Pointer,
            C = Take(states).Pointer,
            HPrevious = Take(states).Pointer,
            HPreviousRow = Units,
            H = Take(states).Pointer,
            HRow = Units,
            DY = Take(states).Pointer,
            DYRow = Units,
            DH = Take(states).Pointer,
            DC = Take(states).Pointer,
        };
    }

    [Benchmark(Baseline = true)]
    public void CopyAlone() => _preActivations.Span.CopyTo(_gates.Span);

    [Benchmark]
    public void LstmForward()
    {
        CopyAlone();
        _kernels.LstmForward(_step);
    }

    [Benchmark]
    public void LstmForwardAndBackward()
    {
        LstmForward();
        _kernels.LstmBackward(_step);
    }

    [Benchmark]
    public void GruForward()
    {
        CopyAlone();
        _kernels.GruForward(_step);
    }

    [Benchmark]
    public void GruForwardAndBackward()
    {
        GruForward();
        _kernels.GruBackward(_step);
    }

    [Benchmark]
    public void RnnForward()
    {
        CopyAlone();
        _kernels.RnnForward(_step, Nonlinearity.Tanh);
    }
}
