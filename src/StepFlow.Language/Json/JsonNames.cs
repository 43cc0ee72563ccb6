using System.Text;

namespace StepFlow.Language.Json;

/// <summary>
/// A cache of member names. Documents repeat few names many times, and equal names that are the same
/// string are compared fast. It has a fixed number of slots. A race only costs a second copy.
/// </summary>
internal static class JsonNames
{
    private const int Slots = 1024;
    private const int MaxLength = 32;

    private static readonly string?[] Names = new string?[Slots];

    /// <summary>The string for the bytes of a name without escapes; null if it cannot be cached.</summary>
    public static string? Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty || utf8.Length > MaxLength)
        {
            return null;
        }

        uint hash = (uint)utf8.Length;
        foreach (byte b in utf8)
        {
            hash = (hash * 31) + b;
        }

        ref string? slot = ref Names[(hash ^ (hash >> 15)) % Slots];
        string? name = slot;
        if (name is not null && Ascii.Equals(utf8, name))
        {
            return name;
        }

        if (!Ascii.IsValid(utf8))
        {
            return null;
        }

        slot = name = Encoding.ASCII.GetString(utf8);
        return name;
    }
}
