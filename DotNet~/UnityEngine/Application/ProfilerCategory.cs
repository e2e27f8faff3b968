namespace Unity.Profiling;

public struct ProfilerCategory
{
    private readonly string? _name;

    public ProfilerCategory(string categoryName) => _name = categoryName;

    public string Name => _name ?? "";

    public static ProfilerCategory Scripts => new("Scripts");

    public static ProfilerCategory Ai => new("Ai");

    public static implicit operator ushort(ProfilerCategory category) => LowLevel.Unsafe.ProfilerUnsafeUtility.IdOf(category.Name);
}
