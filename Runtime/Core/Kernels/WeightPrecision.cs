namespace Recurrent
{
    /// <summary>In which precision a stream reads the weights of recurrent layers. All arithmetic is in single precision.</summary>
    public enum WeightPrecision
    {
        /// <summary>As they are.</summary>
        Single,

        /// <summary>
        /// Rounded to the nearest bfloat16, 8 bits of precision: outputs differ by about 1e-3. Half the memory is read, which makes a large layer's step up to twice
        /// as fast where the kernels are those of .NET (<see cref="KernelSet.Name"/> begins with Vector and three digits); with others it is slower.
        /// </summary>
        BFloat16,
    }
}
