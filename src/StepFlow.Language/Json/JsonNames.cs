using System.Text;

namespace StepFlow.Language.Json;

/// <summary>
/// Member names that were met before: documents repeat few names many times, and equal names that are the same
/// string compare at once. A fixed number of slots; a race only costs a second copy.
/// </summary>
internal static class JsonNames
{
    private const int Slots = 1024;
    private const int MaxLength = 32;

    private static readonly string?[] Names = new string?[Slots];

    /// <summary>The string for the bytes of a name without escapes; null where it is not kept here.</summary>
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
