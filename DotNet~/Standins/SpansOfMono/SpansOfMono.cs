using System;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Recurrent.Standins;

/// <summary>
/// Debian's Mono 6.8 has the members of ReadOnlySpan without the mark on what they return, modreq(InAttribute), by which netstandard2.1 finds them; Unity's Mono has it. Takes the
/// mark out of an assembly's references, so that Debian's Mono runs the assembly's code as it was compiled.
/// </summary>
internal static class SpansOfMono
{
    private const byte RequiredModifier = 0x1F;

    private static void Main(string[] paths)
    {
        foreach (string path in paths) Console.WriteLine($"{Path.GetFileName(path)}: {Rewrite(path)} references to spans as Debian's Mono has them");
    }

    /// <summary>Rewrites an assembly where it lies.</summary>
    /// <returns>How many references were changed.</returns>
    public static int Rewrite(string path)
    {
        byte[] image = File.ReadAllBytes(path);
        using var file = new PEReader(new MemoryStream(image));
        MetadataReader metadata = file.GetMetadataReader();
        int blobs = file.PEHeaders.MetadataStartOffset + metadata.GetHeapMetadataOffset(HeapIndex.Blob), changed = 0;
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (metadata.GetString(member.Name) is not ("get_Item" or "GetPinnableReference" or "get_Current")) continue;
            int blob = blobs + metadata.GetHeapOffset(member.Signature);
            // A length below 128 is one byte; then how it is called and the number of parameters, one byte each, and what it returns.
            int length = image[blob], type = blob + 3;
            if (length >= 0x80 || image[type] != RequiredModifier) continue;
            int modifier = 1 + LengthOfToken(image[type + 1]);
            Buffer.BlockCopy(image, type + modifier, image, type, blob + 1 + length - type - modifier);
            image[blob] = (byte)(length - modifier);
            changed++;
        }
        File.WriteAllBytes(path, image);
        return changed;
    }

    private static int LengthOfToken(byte first) => (first & 0x80) == 0 ? 1 : (first & 0x40) == 0 ? 2 : 4;
}
