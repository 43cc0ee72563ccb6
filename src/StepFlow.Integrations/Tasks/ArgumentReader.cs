namespace StepFlow.Integrations.Tasks;

/// <summary>
/// Reads the arguments of a call. The first problem is stored in <see cref="Problem"/>, and reading continues with
/// neutral values. So a caller checks once, after the last argument.
/// </summary>
public sealed class ArgumentReader
{
    private readonly JsonObject _arguments;

    /// <summary>A reader of the arguments given; anything but an object is a problem.</summary>
    public ArgumentReader(JsonValue arguments)
    {
        _arguments = arguments as JsonObject ?? JsonObject.Empty;
        if (arguments is not JsonObject)
        {
            Problem = "The arguments must be a JSON object.";
        }
    }

    /// <summary>The first problem; null while everything was right.</summary>
    public string? Problem { get; private set; }

    /// <summary>Notes a problem that the caller found.</summary>
    public void Refuse(string problem) => Problem ??= problem;

    /// <summary>An argument as it is; null where it is absent or the literal null.</summary>
    public JsonValue? Value(string name) => _arguments[name] is { IsNull: false } value ? value : null;

    /// <summary>A text; null where it is absent.</summary>
    public string? Text(string name) => Typed<JsonString>(name, "a string")?.Value;

    public string RequiredText(string name)
    {
        string? text = Text(name);
        if (string.IsNullOrEmpty(text))
        {
            Refuse(TaskErrors.MissingArgument(name));
        }

        return text ?? string.Empty;
    }

    /// <summary>An integer within bounds; null where it is absent.</summary>
    public long? Integer(string name, long least, long most)
    {
        switch (Value(name))
        {
            case null:
                return null;
            case JsonNumber number when number.TryGetInt64(out long value) && value >= least && value <= most:
                return value;
            default:
                Refuse(TaskErrors.InvalidArgument(name, $"an integer from {least} to {most}"));
                return null;
        }
    }

    /// <summary>True or false; null where it is absent.</summary>
    public bool? Boolean(string name) => Typed<JsonBoolean>(name, "true or false")?.Value;

    /// <summary>An object; null where it is absent.</summary>
    public JsonObject? Object(string name) => Typed<JsonObject>(name, "an object");

    public JsonObject RequiredObject(string name)
    {
        JsonObject? value = Object(name);
        if (value is null)
        {
            Refuse(TaskErrors.MissingArgument(name));
        }

        return value ?? JsonObject.Empty;
    }

    /// <summary>An array; null where it is absent.</summary>
    public JsonArray? Array(string name) => Typed<JsonArray>(name, "an array");

    private T? Typed<T>(string name, string expected)
        where T : JsonValue
    {
        JsonValue? value = Value(name);
        if (value is not (null or T))
        {
            Refuse(TaskErrors.InvalidArgument(name, expected));
        }

        return value as T;
    }
}
