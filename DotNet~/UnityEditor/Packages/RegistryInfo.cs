namespace UnityEditor.PackageManager;

public class RegistryInfo
{
    internal RegistryInfo(string name, string url, bool isDefault) => (this.name, this.url, this.isDefault) = (name, url, isDefault);

    public string name { get; }

    public string url { get; }

    public bool isDefault { get; }
}
