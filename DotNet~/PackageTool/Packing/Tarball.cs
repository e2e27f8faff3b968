using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;

namespace Recurrent.PackageTool;

/// <summary>One file of a tarball.</summary>
/// <param name="Path">Its path in the package, with forward slashes.</param>
/// <param name="Open">Opens what it says.</param>
public sealed record TarballFile(string Path, Func<Stream> Open)
{
    /// <summary>A file with these bytes.</summary>
    public TarballFile(string path, byte[] content)
        : this(path, () => new MemoryStream(content, writable: false))
    {
    }
}

/// <summary>
/// A package as <c>npm pack</c> lays it out: a gzipped ustar archive with everything under <c>package/</c>. The same files give the same archive, byte for byte: in the
/// order of their paths, with npm's own date, one owner and one mode. How well zlib presses it is the runtime's business, so that the
/// gzipped file is the same with the same version of .NET; the archive inside always is.
/// </summary>
public static class Tarball
{
    /// <summary>What everything lies under.</summary>
    public const string Prefix = "package/";

    // The date that npm gives to every file.
    private static readonly DateTimeOffset Date = new(1985, 10, 26, 8, 15, 0, TimeSpan.Zero);

    /// <summary>The files of a package.</summary>
    public static IEnumerable<TarballFile> Files(PackageFolder package) => package.Shipped.Select(path => new TarballFile(path, () => File.OpenRead(package.FullPath(path))));

    /// <summary>Makes the tarball.</summary>
    /// <exception cref="IOException">A path is too long for the format.</exception>
    public static byte[] Create(IEnumerable<TarballFile> files)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var writer = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (TarballFile file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
            {
                using Stream content = file.Open();
                try
                {
                    writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, Prefix + file.Path)
                    {
                        DataStream = content,
                        ModificationTime = Date,
                        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                        Uid = 0,
                        Gid = 0,
                    });
                }
                catch (ArgumentException e)
                {
                    throw new IOException($"{file.Path}: {e.Message}", e);
                }
            }
        }

        byte[] bytes = result.ToArray();
        // Of gzip's header: no time, and no system, which would tell where it was made.
        bytes.AsSpan(4, 4).Clear();
        bytes[9] = 255;
        return bytes;
    }

    /// <summary>The files of a tarball, unpacked into memory.</summary>
    /// <exception cref="InvalidDataException">It is none that npm would make.</exception>
    public static IReadOnlyList<TarballFile> Read(Stream tarball)
    {
        var files = new List<TarballFile>();
        using var reader = new TarReader(new GZipStream(tarball, CompressionMode.Decompress));
        while (Next(reader) is { } entry)
        {
            if (!entry.Name.StartsWith(Prefix, StringComparison.Ordinal) || entry.Name.Split('/').Contains("..")) throw new InvalidDataException($"{entry.Name} lies outside {Prefix}");
            if (entry.EntryType != TarEntryType.RegularFile) throw new InvalidDataException($"{entry.Name} is not a file");
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            files.Add(new TarballFile(entry.Name[Prefix.Length..], content.ToArray()));
        }

        if (files.All(file => file.Path != PackageManifest.FileName)) throw new InvalidDataException($"there is no {Prefix}{PackageManifest.FileName} in it");
        return files;
    }

    private static TarEntry? Next(TarReader reader)
    {
        try
        {
            // With its content, so that what is cut off is seen here.
            return reader.GetNextEntry(copyData: true);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"is no tarball, or a damaged one: {e.Message}", e);
        }
    }

    /// <summary>The checksum as npm writes it.</summary>
    public static string Integrity(byte[] tarball) => "sha512-" + Convert.ToBase64String(SHA512.HashData(tarball));

    /// <summary>The checksum of the archive inside.</summary>
    public static string ArchiveChecksum(byte[] tarball)
    {
        using var gzip = new GZipStream(new MemoryStream(tarball), CompressionMode.Decompress);
        return Convert.ToHexStringLower(SHA256.HashData(gzip));
    }
}
