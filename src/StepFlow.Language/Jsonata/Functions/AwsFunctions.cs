using System.Security.Cryptography;
using System.Text;

namespace StepFlow.Language.Jsonata.Functions;

/// <summary>The functions that Step Functions adds: $partition, $range, $hash, $random, $uuid, $parse.</summary>
internal static class AwsFunctions
{
    /// <summary>The error code of these functions. It is that of $error.</summary>
    private const string Refused = "D3137";

    public static readonly NativeFunction[] All =
    [
        new("partition", "<xn?:a>", 2, Partition),
        new("range", "<nnn:a>", 3, Range),
        new("hash", "<ss?:s>", 2, Hash, steps: 40),
        new("random", "<n?:n>", 1, Random, steps: 6),
        new("uuid", "<:s>", 0, (e, _) => new JsonString(e.Entropy.NextUuid()), steps: 8),
        new("parse", "<s-:x>", 1, Parse, steps: 12),
        new("base64encode", "<s-:s>", 1, (e, a) => StringFunctions.Text(a[0]) is { } text ? e.Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))) : null, steps: 6),
        new("base64decode", "<s-:s>", 1, Decode, steps: 6),
    ];

    private static JsonArray? Partition(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is { } whole && !Items.IsArray(whole))
        {
            throw new JsonataException("T0412") { Value = whole, Index = 1 };
        }

        ReadOnlySpan<JsonValue?> items = Items.Of(arguments[0]);
        if (items.Length == 0)
        {
            return null;
        }

        // Without a size all is one chunk.
        long size = Whole(arguments[1]) ?? items.Length;
        if (size <= 0)
        {
            return size == 0 ? null : throw new JsonataException(Refused) { Text = "Second argument must be zero or greater" };
        }

        evaluator.Charge(items.Length);
        var chunks = new List<JsonValue?>();
        for (int at = 0; at < items.Length; at += (int)Math.Min(size, items.Length))
        {
            chunks.Add(Items.ToArray(evaluator, items.Slice(at, (int)Math.Min(size, items.Length - at))));
        }

        return Items.ToArray(evaluator, [.. chunks]);
    }

    private static Sequence? Range(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (Whole(arguments[0]) is not { } first || Whole(arguments[1]) is not { } last)
        {
            throw new JsonataException("T0410") { Index = arguments[0] is null ? 1 : 2 };
        }

        if (Whole(arguments[2]) is not { } step || step == 0 || (step > 0 ? first > last : first < last))
        {
            return null;
        }

        Int128 size = (((Int128)last - first) / step) + 1;
        if (size > evaluator.Budget.MaxRange)
        {
            throw Evaluator.TooLarge();
        }

        evaluator.Charge((long)size);
        var range = new Sequence(evaluator);
        range.EnsureCapacity((int)size);
        for (long i = 0; i < size; i++)
        {
            range.Add(JsonNumber.Create(first + (i * step)));
        }

        return range;
    }

    private static JsonString? Hash(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (StringFunctions.Text(arguments[0]) is not { } text)
        {
            throw new JsonataException("T0410") { Index = 1 };
        }

        if (StringFunctions.Text(arguments[1]) is not { } algorithm)
        {
            return null;
        }

        evaluator.ChargeText(text.Length);
        byte[] data = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5350, CA5351 // Which algorithm is used is the caller's choice; the language offers the weak ones too.
        byte[] hash = algorithm switch
        {
            "MD5" => MD5.HashData(data),
            "SHA-1" => SHA1.HashData(data),
            "SHA-256" => SHA256.HashData(data),
            "SHA-384" => SHA384.HashData(data),
            "SHA-512" => SHA512.HashData(data),
            _ => throw new JsonataException(Refused) { Text = $"Hash algorithm '{algorithm}' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5" },
        };
#pragma warning restore CA5350, CA5351
        return new(Convert.ToHexStringLower(hash));
    }

    private static JsonNumber Random(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments) =>
        JsonNumber.Create(Whole(arguments[0]) is { } seed ? new JavaRandom(seed).NextDouble() : evaluator.Entropy.NextDouble());

    private static JsonValue? Parse(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (StringFunctions.Text(arguments[0]) is not { } text)
        {
            return null;
        }

        evaluator.ChargeText(text.Length);
        evaluator.Reserve(8L * text.Length);
        return JsonValue.ParseOrNull(text) ?? throw new JsonataException(Refused) { Text = "Invalid JSON" };
    }

    private static JsonString? Decode(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (StringFunctions.Text(arguments[0]) is not { } text)
        {
            return null;
        }

        // The padding is optional. Other characters are an error of Step Functions itself.
        string padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        byte[] bytes = new byte[padded.Length / 4 * 3];
        return !text.AsSpan().ContainsAny(" \t\r\n") && Convert.TryFromBase64String(padded, bytes, out int length)
            ? evaluator.Text(Encoding.UTF8.GetString(bytes, 0, length))
            : throw new JsonataException(EvaluationErrorCodes.Internal);
    }

    /// <summary>A number rounded towards zero; null if there is none.</summary>
    private static long? Whole(JsonValue? value) =>
        value is not JsonNumber number ? null
        : number.TryGetInt64(out long integer) ? integer : (long)Math.Clamp(Math.Truncate(number.ToDouble()), long.MinValue, long.MaxValue);
}
