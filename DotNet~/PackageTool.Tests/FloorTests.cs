using NUnit.Framework;

namespace Recurrent.PackageTool.Tests;

public sealed class FloorTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        Write("Kernels/KernelSet.cs", "public class KernelSet { public void Multiply() { } }");
        Write("Layers/LSTM.cs", "public class LSTM { public KernelSet Kernels = new(); }");
        Write("Training/Trainer.cs", "public class Trainer { public LSTM Model = new(); public Recorder Seen = new(); public const int Epochs = 3; }");
        Write("Training/Extensions.cs", "public static class Extensions { public static void Train(this LSTM model) { } public static LSTM Twice(this LSTM model) => model; }");
        Write("Diagnostics/Recorder.cs", "public class Recorder { }");
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void TheCoreKeepsItsFloors() => Assert.That(FloorRule.Check(Repository.Root), Is.Empty);

    [Test]
    public void UsingTheSameFloorAndThoseBelowIsAllowed() => Assert.That(FloorRule.Check(_folder.FullPath), Is.Empty);

    [Test]
    public void ATypeOfTheFloorAboveIsNamed()
    {
        Write("Layers/Bad.cs", "public class Bad { private Trainer? _trainer; }");
        Assert.That(FloorRule.Check(_folder.FullPath), Is.EqualTo(new[] { "Runtime/Core/Layers/Bad.cs(1): Layers uses Trainer of Training, a floor above it" }));
    }

    [Test]
    public void KernelsKnowNoLayers()
    {
        Write("Kernels/Bad.cs", "public class Bad\n{\n    public int Count(LSTM layer) => 1;\n}");
        Assert.That(FloorRule.Check(_folder.FullPath), Is.EqualTo(new[] { "Runtime/Core/Kernels/Bad.cs(3): Kernels uses LSTM of Layers, a floor above it" }));
    }

    [Test]
    public void TheKernelsOfDotNetAreKernels()
    {
        _folder.Write("DotNet~/Recurrent/Bad.cs", "namespace Recurrent { public class Bad { public LSTM? Layer; } }");
        Assert.That(FloorRule.Check(_folder.FullPath), Is.EqualTo(new[] { "DotNet~/Recurrent/Bad.cs(1): Kernels uses LSTM of Layers, a floor above it" }));
    }

    [Test]
    public void AnExtensionMethodOfTheFloorAboveIsNamed()
    {
        Write("Layers/Bad.cs", "public class Bad { public void Use(LSTM layer) => layer.Train(); }");
        Assert.That(FloorRule.Check(_folder.FullPath), Is.EqualTo(new[] { "Runtime/Core/Layers/Bad.cs(1): Layers uses Train of Training, a floor above it" }));
    }

    [Test]
    public void TheHigherPartOfAPartialTypeIsOutOfReach()
    {
        Write("Layers/GRU.cs", "public partial class GRU { public void Low() => High(); }");
        Write("Interop/GRU.cs", "public partial class GRU { public void High() => Low(); }");
        Assert.That(FloorRule.Check(_folder.FullPath), Is.EqualTo(new[] { "Runtime/Core/Layers/GRU.cs(1): Layers uses High of Interop, a floor above it" }));
    }

    [Test]
    public void ANameThatOnlyLooksTheSameIsAllowed()
    {
        Write("Layers/Good.cs", "/// <summary>A <see cref=\"Trainer\"/> trains it.</summary>\npublic class Good { /* Recorder */ public string Trainer = \"Recorder\"; public int Epochs; }");
        Assert.That(FloorRule.Check(_folder.FullPath), Is.Empty);
    }

    [Test]
    public void ATypeOutsideTheFloorsIsNamed()
    {
        Write("Stray.cs", "public class Stray { }");
        Write("Extras/Stray.cs", "public class Stray2 { }");
        Assert.That(FloorRule.Check(_folder.FullPath), Has.Count.EqualTo(2).And.All.Contain("declares a type outside the floors"));
    }

    [Test]
    public void SourcesThatCannotBeResolvedAreNotPassedOver()
    {
        Write("Layers/Bad.cs", "public class Bad { public Unknown? Field; }");
        Assert.That(FloorRule.Check(_folder.FullPath), Has.Count.EqualTo(1).And.All.Contain("does not compile by itself"));
    }

    private void Write(string path, string code) => _folder.Write("Runtime/Core/" + path, $"namespace Recurrent {{ {code} }}");
}
