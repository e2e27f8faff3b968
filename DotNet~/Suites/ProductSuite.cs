using System.Collections.Generic;
using BenchmarkDotNet.Attributes;

namespace Recurrent.Benchmarks;

/// <summary>The product that a step of a layer makes: rows of a batch times packed weights.</summary>
public unsafe class ProductSuite : KernelSuite
{
    private KernelSet _kernels = null!;
    private Product _product;

    public static IEnumerable<ProductSize> Sizes => [new(1, 80, 256), new(8, 65, 256), new(16, 40, 128), new(32, 80, 256), new(32, 192, 512), new(32, 768, 2048)];

    [ParamsSource(nameof(Sizes))]
    public ProductSize Size { get; set; }

    [GlobalSetup]
    public void Open()
    {
        int pair = 2 * Panels.Lanes;
        _kernels = Set;
        _product = new Product
        {
            Rows = Size.Rows,
            Columns = Size.Columns,
            Segments = 1,
            C = Panels.Dense(Take(Size.Rows * Size.Columns).Pointer, Size.Columns),
            First = new Segment
            {
                A = Take(Size.Rows * Size.K).Pointer,
                ARow = Size.K,
                AInner = 1,
                B = new Panels(Take(Size.K * Size.Columns).Pointer, pair, 2, Size.K * pair),
                Inner = Size.K,
                Outer = 1,
            },
        };
    }

    [Benchmark]
    public void Multiply() => _kernels.Multiply(_product);
}
