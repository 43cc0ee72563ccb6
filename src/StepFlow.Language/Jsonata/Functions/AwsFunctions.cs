using System.Security.Cryptography;
using System.Text;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.Jsonata.Runtime;

namespace StepFlow.Language.Jsonata.Functions;

/// <summary>The functions that Step Functions adds: $partition, $range, $hash, $random, $uuid, $parse.</summary>
internal static class AwsFunctions
{
    public static readonly NativeFunction[] All =
    [
        new("partition", "<an:a>", 2, Partition),
        new("range", "<nnn:a>", 3, Range),
        new("hash", "<s-s?:s>", 2, Hash),
        new("random", "<n?:n>", 1, Random),
        new("uuid", "<:s>", 0, (e, _) => new JsonString(e.Entropy.NextUuid())),
        new("parse", "<s-:x>", 1, Parse),
    ];

    private static JsonArray? Partition(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        ReadOnlySpan<JsonValue?> items = Items.Of(arguments[0]);
        if (items.Length == 0 || Whole(arguments[1]) is not ({ } size and > 0))
        {
            return null;
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
        if (Whole(arguments[0]) is not { } first || Whole(arguments[1]) is not { } last || Whole(arguments[2]) is not { } step
            || step == 0 || (step > 0 ? first > last : first < last))
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
            return null;
        }

        evaluator.ChargeText(text.Length);
        byte[] data = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5350, CA5351 // Which algorithm is used is the caller's choice; the language offers the weak ones too.
        byte[] hash = (StringFunctions.Text(arguments[1]) ?? "SHA-256") switch
        {
            "MD5" => MD5.HashData(data),
            "SHA-1" => SHA1.HashData(data),
            "SHA-256" => SHA256.HashData(data),
            "SHA-384" => SHA384.HashData(data),
            "SHA-512" => SHA512.HashData(data),
            _ => throw new JsonataException("D3151") { Value = arguments[1] },
        };
#pragma warning restore CA5350, CA5351
        return new(Convert.ToHexStringLower(hash));
    }

    private static JsonNumber Random(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments) =>
        JsonNumber.Create((Whole(arguments[0]) is { } seed ? new Entropy(unchecked((ulong)seed)) : evaluator.Entropy).NextDouble());

    private static JsonValue? Parse(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (StringFunctions.Text(arguments[0]) is not { } text)
        {
            return null;
        }

        evaluator.ChargeText(text.Length);
        return JsonValue.ParseOrNull(text) ?? throw new JsonataException("D3150") { Value = arguments[0] };
    }

    /// <summary>A number rounded towards zero; null where there is none.</summary>
    private static long? Whole(JsonValue? value)
    {
        if (value is not JsonNumber number)
        {
            return null;
        }

        return number.TryGetInt64(out long integer) ? integer : (long)Math.Clamp(Math.Truncate(number.ToDouble()), long.MinValue, long.MaxValue);
    }
}
