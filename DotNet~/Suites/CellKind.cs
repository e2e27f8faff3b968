namespace Recurrent.Benchmarks;

/// <summary>The recurrent layers that are measured.</summary>
public enum CellKind
{
    LSTM,
    GRU,
    RNN,
}
