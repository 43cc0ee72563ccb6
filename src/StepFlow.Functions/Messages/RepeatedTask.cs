using System.Text.Json;

namespace StepFlow.Functions.Messages;

/// <summary>A task whose activity failed and is repeated, as an orchestration shows it.</summary>
public sealed record RepeatedTask
{
    /// <summary>How many characters a reason takes at most, as JSON.</summary>
    private const int MaxCharacters = 300;

    public required string TaskId { get; init; }

    public required string StateName { get; init; }

    /// <summary>Why the last attempt failed; the beginning of it where it is long.</summary>
    public required string Reason { get; init; }

    /// <summary>How many attempts failed, from 1.</summary>
    public required int FailedAttempts { get; init; }

    /// <summary>When the first of them failed.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the next one is made.</summary>
    public required DateTimeOffset NextAttempt { get; init; }

    /// <summary>How many characters of JSON its texts take.</summary>
    internal int Characters => Encoded(Reason) + Encoded(StateName);

    /// <summary>As much of a reason as a status has room for.</summary>
    internal static string Shorten(string reason)
    {
        string shown = reason.Length > MaxCharacters ? reason[..MaxCharacters] : reason;
        while (Encoded(shown) > MaxCharacters)
        {
            shown = shown[..(shown.Length * 3 / 4)];
        }

        return shown;
    }

    private static int Encoded(string text) => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length;
}
