using System;
using System.IO;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Recurrent.Benchmarks;

if (args.Length > 0 && args[0] == FrameBudget.Verb) return FrameBudget.Run(args.AsSpan(1));

// The reports go beside the program, which git ignores.
IConfig config = DefaultConfig.Instance.WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "results"));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
