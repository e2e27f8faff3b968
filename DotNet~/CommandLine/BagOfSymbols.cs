using System;

namespace Recurrent.CommandLine;

/// <summary>Texts without their order: one step for each, which says how often every symbol of the vocabulary stands in it. What a baseline learns.</summary>
internal sealed class BagOfSymbols : SequenceDataset
{
    private readonly TextDataset _texts;
    private readonly float[] _symbols;

    public BagOfSymbols(TextDataset texts, Vocabulary vocabulary)
    {
        _texts = texts;
        _symbols = new float[texts.MaxSteps];
        InputSize = vocabulary.Count;
    }

    public override int Count => _texts.Count;

    public override int InputSize { get; }

    public override int TargetSize => 1;

    public override int MaxSteps => 1;

    public override int MaxTargetSteps => 1;

    protected override void Copy(int index, Span<float> input, Span<float> target)
    {
        Span<float> symbols = _symbols.AsSpan(0, _texts.Steps(index));
        _texts.Read(index, symbols, target);
        input.Clear();
        foreach (float symbol in symbols) input[(int)symbol]++;
    }
}
