using System.Globalization;
using System.Security.Cryptography;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Testing;

/// <summary>Slices of objects that are in memory.</summary>
public static class Slices
{
    /// <summary>Opens a slice. The version is that of the content: a slice of another one is refused.</summary>
    public static ObjectContent Open(ReadOnlyMemory<byte> content, ObjectSlice slice)
    {
        string version = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        if (slice.Version is { } wanted && wanted != version)
        {
            throw new ObjectStoreException(string.Create(CultureInfo.InvariantCulture, $"The object has the version {version}, not {wanted}."));
        }

        ReadOnlyMemory<byte> rest = content[(int)Math.Min(slice.First, content.Length)..];
        ReadOnlyMemory<byte> bytes = slice.Length is { } length && length < rest.Length ? rest[..(int)length] : rest;
        return new(new MemoryStream(bytes.ToArray(), writable: false), version, content.Length);
    }
}
