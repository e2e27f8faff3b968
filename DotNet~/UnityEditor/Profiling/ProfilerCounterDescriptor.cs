namespace Unity.Profiling.Editor;

public readonly struct ProfilerCounterDescriptor
{
    public ProfilerCounterDescriptor(string name, ProfilerCategory category) : this(name, category.Name)
    {
    }

    public ProfilerCounterDescriptor(string name, string categoryName) => (Name, CategoryName) = (name, categoryName);

    public string Name { get; }

    public string CategoryName { get; }
}
