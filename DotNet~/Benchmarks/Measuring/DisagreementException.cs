using System;

namespace Recurrent.Benchmarks;

/// <summary>Two runners do not compute the same: there is nothing to compare.</summary>
internal sealed class DisagreementException(string message) : Exception(message);
