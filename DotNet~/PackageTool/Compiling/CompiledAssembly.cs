using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Recurrent.PackageTool;

/// <summary>An assembly that others can be compiled against, or what kept it from being one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">The same for two assemblies that are the same.</param>
/// <param name="Reference">The assembly; null where it did not compile.</param>
/// <param name="Errors">The compiler's messages.</param>
public sealed record CompiledAssembly(string Name, string Key, MetadataReference? Reference, IReadOnlyList<string> Errors);
