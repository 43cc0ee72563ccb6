namespace StepFlow.Language.Jsonata.Runtime;

internal sealed record SignatureParameter(char Symbol, SignatureTypes Types)
{
    public bool Optional { get; init; }

    public bool Repeated { get; init; }

    public bool FromContext { get; init; }

    /// <summary>The required type of an array's items; null for any type.</summary>
    public string? ItemType { get; init; }

    /// <summary>The same, holding elements of a type; without one where nothing is written between the brackets.</summary>
    public SignatureParameter Holding(string itemType) => this with { ItemType = itemType.Length == 0 ? null : itemType };

    public static SignatureParameter Of(char symbol) => new(symbol, symbol switch
    {
        // A single value is as good as an array of it.
        'a' or 'x' => SignatureTypes.Any,
        'j' => SignatureTypes.Json,
        'f' => SignatureTypes.Function,
        _ => TypeOf(symbol) | SignatureTypes.Missing,
    });

    public static SignatureParameter OfChoice(string choice)
    {
        SignatureTypes types = SignatureTypes.Missing;
        foreach (char symbol in choice)
        {
            types |= TypeOf(symbol);
        }

        return new('(', types);
    }

    public static SignatureTypes TypeOf(JsonValue? value) => value switch
    {
        null => SignatureTypes.Missing,
        JsonString => SignatureTypes.String,
        JsonNumber => SignatureTypes.Number,
        JsonArray or Sequence => SignatureTypes.Array,
        JsonObject => SignatureTypes.Object,
        JsonBoolean => SignatureTypes.Boolean,
        JsonNull => SignatureTypes.Null,
        _ => SignatureTypes.Function,
    };

    public bool Accepts(JsonValue? value) => (Types & TypeOf(value)) != 0;

    /// <summary>The argument as an array, its elements checked.</summary>
    public JsonValue ToArray(Evaluator evaluator, JsonValue value, int index)
    {
        bool isArray = Items.IsArray(value);
        if (ItemType is not null && !(isArray ? Fits(Items.Of(value)) : ItemType.Length == 1 && TypeOf(ItemType[0]) == TypeOf(value)))
        {
            throw new JsonataException("T0412") { Value = value, Index = index + 1, ItemType = Plural(ItemType) };
        }

        return isArray ? value : new Sequence(evaluator, value) { IsSequence = false };
    }

    private static SignatureTypes TypeOf(char symbol) => symbol switch
    {
        'a' => SignatureTypes.Array,
        's' => SignatureTypes.String,
        'n' => SignatureTypes.Number,
        'b' => SignatureTypes.Boolean,
        'l' => SignatureTypes.Null,
        'f' => SignatureTypes.Function,
        'o' => SignatureTypes.Object,
        'j' => SignatureTypes.Json,
        'x' => SignatureTypes.Any,
        _ => SignatureTypes.None,
    };

    private static string? Plural(string type) => type switch
    {
        "a" => "arrays",
        "b" => "booleans",
        "f" => "functions",
        "n" => "numbers",
        "o" => "objects",
        "s" => "strings",
        _ => null,
    };

    private bool Fits(ReadOnlySpan<JsonValue?> items)
    {
        if (items.Length == 0)
        {
            return true;
        }

        SignatureTypes expected = TypeOf(ItemType![0]);
        if (expected == SignatureTypes.Number)
        {
            return AreNumbers(items);
        }

        foreach (JsonValue? item in items)
        {
            if (TypeOf(item) != expected)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The check that aggregations spend their time in.</summary>
    private static bool AreNumbers(ReadOnlySpan<JsonValue?> items)
    {
        foreach (JsonValue? item in items)
        {
            if (item is not JsonNumber)
            {
                return false;
            }
        }

        return true;
    }
}
