using System.Collections.Generic;
using System.Linq;

namespace UnityEditor.PackageManager;

public class PackageCollection : IEnumerable<PackageInfo>
{
    private readonly PackageInfo[] _packages;

    internal PackageCollection(IEnumerable<PackageInfo> packages) => _packages = packages.ToArray();

    public Error error => null;

    IEnumerator<PackageInfo> IEnumerable<PackageInfo>.GetEnumerator() => ((IEnumerable<PackageInfo>)_packages).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => _packages.GetEnumerator();
}
