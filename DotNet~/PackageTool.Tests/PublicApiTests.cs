using System.Collections.Generic;
using System.IO;
using NUnit.Framework;

namespace Recurrent.PackageTool.Tests;

public sealed class PublicApiTests
{
    [Test]
    public void WhatThePackageOffersIsWrittenDown()
    {
        var output = new StringWriter();
        Assert.That(ApiVerb.Run(Repository.Contents, Repository.Surroundings, fix: false, output), Is.EqualTo(0),
            $"{output}dotnet run --project DotNet~/PackageTool -- api --fix writes it down; a line that goes is a breaking change");
    }

    [Test]
    public void EveryKindOfMemberHasItsLine()
    {
        using var package = new PackageUnderTest();
        package.Write("Runtime/Thing.cs", """
            using System;
            namespace Sample
            {
                public abstract class Thing<T> : IDisposable, IComparable<T> where T : class
                {
                    public const int Most = 3;
                    public readonly string? Name;
                    protected Thing(T? first, float scale = 0.5f) { }
                    internal Thing() { }
                    public int Count { get; protected set; }
                    public float this[int at] => at;
                    public event Action<T>? Changed;
                    public abstract void Step(ReadOnlySpan<float> input, Span<float> output);
                    protected virtual ref readonly int Look(in int at, out int to) => throw new Exception();
                    public override string ToString() => "";
                    public void Dispose() { }
                    public int CompareTo(T? other) => 0;
                    private void Hidden() { }
                    internal void Inside() { }
                    public enum Kind : byte { One = 1, Two }
                    public delegate void Heard(params int[] numbers);
                }
                public sealed class Closed { protected void Unseen() { } }
                public readonly struct Pair { public static Pair operator +(Pair a, Pair b) => a; public static implicit operator int(Pair a) => 0; }
                public static class Extensions { public static int Twice(this int number) => 2 * number; }
                internal class Nowhere { public int Count; }
            }
            """);
        var compiler = new UnityCompiler();
        IReadOnlyDictionary<string, IReadOnlyList<string>> api = PublicApi.Of(package.Contents, new Surroundings(compiler, EngineAssemblies.Doubles("nowhere", compiler), null));
        Assert.That(api["Sample"], Is.EqualTo(new[]
        {
            "public sealed class Sample.Closed",
            "public Sample.Closed.Closed()",
            "public static class Sample.Extensions",
            "public static int Sample.Extensions.Twice(this int number)",
            "public readonly struct Sample.Pair",
            "public static Sample.Pair Sample.Pair.operator +(Sample.Pair a, Sample.Pair b)",
            "public static Sample.Pair.implicit operator int(Sample.Pair a)",
            "public abstract class Sample.Thing<T> where T : class : System.IComparable<T>, System.IDisposable",
            "protected Sample.Thing<T>.Thing(T? first, float scale = 0.5)",
            "protected virtual ref readonly int Sample.Thing<T>.Look(in int at, out int to)",
            "public System.Action<T>? Sample.Thing<T>.Changed",
            "public abstract void Sample.Thing<T>.Step(System.ReadOnlySpan<float> input, System.Span<float> output)",
            "public const int Sample.Thing<T>.Most = 3",
            "public float Sample.Thing<T>.this[int at] { get; }",
            "public int Sample.Thing<T>.CompareTo(T? other)",
            "public int Sample.Thing<T>.Count { get; protected set; }",
            "public readonly string? Sample.Thing<T>.Name",
            "public void Sample.Thing<T>.Dispose()",
            "public delegate void Sample.Thing<T>.Heard(params int[] numbers)",
            "public enum Sample.Thing<T>.Kind : byte",
            "Sample.Thing<T>.Kind.One = 1",
            "Sample.Thing<T>.Kind.Two = 2",
        }));
    }

    [Test]
    public void WhatComesAndWhatGoesIsNamed()
    {
        using var package = new PackageUnderTest();
        var compiler = new UnityCompiler();
        var around = new Surroundings(compiler, EngineAssemblies.Doubles("nowhere", compiler), null);
        Assert.That(ApiVerb.Run(package.Contents, around, fix: true, TextWriter.Null), Is.EqualTo(0));
        Assert.That(ApiVerb.Run(package.Contents, around, fix: false, TextWriter.Null), Is.EqualTo(0));

        package.Write("Runtime/Thing.cs", "namespace Sample { public class Thing { public int Count; public void Shrink() { } } }");
        var output = new StringWriter();
        Assert.That(ApiVerb.Run(package.Contents, around, fix: false, output), Is.EqualTo(1));
        Assert.That(output.ToString(), Does.Contain("- public void Sample.Thing.Grow()").And.Contain("+ public void Sample.Thing.Shrink()").And.Contain("2 differences").And.Not.Contain("Count"));
    }
}
