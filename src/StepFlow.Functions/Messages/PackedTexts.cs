using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;
using StepFlow.Runtime.Documents;

namespace StepFlow.Functions.Messages;

/// <summary>
/// Compresses small texts, and stores the results in memory for a short time. An orchestrator runs from the start of its history at each
/// turn and compresses the same events again; to set up the compressor takes longer than to compress them.
/// </summary>
internal static class PackedTexts
{
    /// <summary>Only texts up to this length, in bytes, are stored.</summary>
    private const int MaxBytes = 16 * 1024;

    /// <summary>How many bytes of results are stored at most.</summary>
    private const long MaxTotalBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(2);
    private static readonly MemoryCache Results = new(new MemoryCacheOptions { SizeLimit = MaxTotalBytes });

    /// <summary>The same as <see cref="Gzip.Compress"/>.</summary>
    public static byte[] Compress(byte[] utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            return Gzip.Compress(utf8);
        }

        string key = Convert.ToBase64String(SHA256.HashData(utf8));
        if (Results.TryGetValue(key, out byte[]? packed))
        {
            return packed!;
        }

        packed = Gzip.Compress(utf8);
        Results.Set(key, packed, new MemoryCacheEntryOptions { SlidingExpiration = Duration, Size = packed.Length + key.Length });
        return packed;
    }
}
