using System.IO.Compression;

namespace StepFlow.Runtime.Documents;

/// <summary>Compresses bytes in memory. Without side effects, so orchestrators can call it.</summary>
public static class Gzip
{
    /// <summary>Compresses bytes. On one version of the app, the same bytes and level always give the same result.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> bytes, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, level))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }

    /// <summary>Undoes <see cref="Compress"/>.</summary>
    public static byte[] Decompress(byte[] bytes)
    {
        using var source = new GZipStream(new MemoryStream(bytes, writable: false), CompressionMode.Decompress);
        using var target = new MemoryStream();
        source.CopyTo(target);
        return target.ToArray();
    }
}
