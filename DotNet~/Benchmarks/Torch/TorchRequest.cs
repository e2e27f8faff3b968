namespace Recurrent.Benchmarks;

/// <summary>What a process with TorchSharp can be asked for.</summary>
internal enum TorchRequest : byte
{
    /// <summary>Make a <see cref="TorchTraining"/>; answered by its number.</summary>
    OpenTraining,

    /// <summary>Make a <see cref="TorchJob"/>; answered by its number.</summary>
    OpenJob,

    /// <summary>Make a <see cref="TorchStep"/>; answered by its number.</summary>
    OpenStep,

    /// <summary>Answered by the arrays of <see cref="IContender.Check"/>.</summary>
    Check,

    /// <summary>Answered by the seconds of <see cref="IContender.Run"/>.</summary>
    Run,

    /// <summary>Not answered.</summary>
    Close,
}
