namespace StepFlow.Service.StateTests;

/// <summary>The structure of a service's response, or of a part of it.</summary>
internal abstract record ResultSchema
{
    /// <summary>Checks a value.</summary>
    /// <param name="field">The field it is in, for the message.</param>
    /// <param name="isStrict">Whether required fields must be there.</param>
    /// <exception cref="ApiException"><c>ValidationException</c>.</exception>
    public abstract void Check(string field, JsonValue value, bool isStrict);

    protected static ApiException Refuse(string field, string problem) => ApiErrors.Validation(StateTestMessages.MockSchema($"Field '{field}' {problem}"));
}

/// <summary>Anything.</summary>
internal sealed record AnySchema : ResultSchema
{
    public override void Check(string field, JsonValue value, bool isStrict)
    {
    }
}

/// <summary>A text; also instants and blobs.</summary>
internal sealed record TextSchema(int Min = 0, params string[] Values) : ResultSchema
{
    /// <summary>The most characters.</summary>
    public int Max { get; init; } = int.MaxValue;

    public override void Check(string field, JsonValue value, bool isStrict)
    {
        if (value is not JsonString { Value: var text })
        {
            throw Refuse(field, "must be a string");
        }

        if (text.Length < Min)
        {
            throw Refuse(field, "is smaller than the minimum length");
        }

        if (text.Length > Max)
        {
            throw Refuse(field, "exceeds the maximum length");
        }

        if (Values.Length > 0 && !Values.Contains(text))
        {
            throw Refuse(field, "is not an expected value");
        }
    }
}

/// <summary>A number.</summary>
internal sealed record NumberSchema(double? Min = null, double? Max = null) : ResultSchema
{
    public override void Check(string field, JsonValue value, bool isStrict)
    {
        if (value is not JsonNumber number)
        {
            throw Refuse(field, "must be a number");
        }

        if (number.ToDouble() < Min)
        {
            throw Refuse(field, "is less than the minimum value");
        }

        if (number.ToDouble() > Max)
        {
            throw Refuse(field, "exceeds the maximum value");
        }
    }
}

/// <summary>True or false.</summary>
internal sealed record BooleanSchema : ResultSchema
{
    public override void Check(string field, JsonValue value, bool isStrict)
    {
        if (value is not JsonBoolean)
        {
            throw Refuse(field, "must be a boolean");
        }
    }
}

/// <summary>A list.</summary>
internal sealed record ListSchema(ResultSchema Item) : ResultSchema
{
    public override void Check(string field, JsonValue value, bool isStrict)
    {
        if (value is not JsonArray list)
        {
            throw Refuse(field, "must be an array");
        }

        foreach (JsonValue item in list)
        {
            Item.Check(field, item, isStrict);
        }
    }
}

/// <summary>A structure. Unknown fields are allowed, as in Step Functions.</summary>
internal sealed record StructureSchema(params (string Name, ResultSchema Schema)[] Fields) : ResultSchema
{
    /// <summary>The fields that the service always returns.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    public override void Check(string field, JsonValue value, bool isStrict)
    {
        if (value is not JsonObject structure)
        {
            throw field.Length == 0 ? ApiErrors.Validation(StateTestMessages.MockSchema("Mocked result must be an object")) : Refuse(field, "must be an object");
        }

        if (isStrict && Required.FirstOrDefault(name => !structure.ContainsKey(name)) is { } missing)
        {
            throw ApiErrors.Validation(StateTestMessages.MockSchema($"Required field '{missing}' is missing"));
        }

        foreach ((string name, ResultSchema schema) in Fields)
        {
            if (structure[name] is { IsNull: false } content)
            {
                schema.Check(name, content, isStrict);
            }
        }
    }
}
