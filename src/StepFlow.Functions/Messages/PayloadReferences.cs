using System.Globalization;

namespace StepFlow.Functions.Messages;

/// <summary>Between stored payloads and the references that values and snapshots hold.</summary>
internal static class PayloadReferences
{
    /// <summary>The reference of a stored payload; null where its shape is not known.</summary>
    public static ValueReference? Of(Payload payload) => payload is { Hash: { } hash, Shape: { } shape }
        ? new(string.Create(CultureInfo.InvariantCulture, $"{hash} {payload.Length}"), shape.Kind, shape.Utf8Length, shape.Depth)
        : null;

    /// <summary>The payload of a reference.</summary>
    /// <exception cref="FormatException">The reference was not made by <see cref="Of"/>.</exception>
    public static Payload Read(ValueReference reference) => reference.Text.Split(' ') is [var hash, var length]
        ? new() { Hash = hash, Length = int.Parse(length, CultureInfo.InvariantCulture), Shape = new(reference.Kind, reference.Utf8Length, reference.Depth) }
        : throw new FormatException($"'{reference.Text}' is not a reference to a payload.");
}
