namespace StepFlow.Integrations.Tables.Expressions;

/// <summary>One change of an update. A closed family (DynamoDB developer guide, "Update expressions").</summary>
/// <param name="Path">The changed attribute.</param>
internal abstract record UpdateAction(AttributePath Path)
{
    public const string InvalidPath = "The document path provided in the update expression is invalid for update";
    public const string WrongType = "An operand in the update expression has an incorrect data type";
    public const string Overflow = "Number overflow. Attempting to store a number with magnitude larger than supported range";
    public const string Missing = "The provided expression refers to an attribute that does not exist in the item";

    /// <summary>Applies the change. Values are read from <paramref name="before"/>, the item as it was.</summary>
    /// <param name="item">The item so far.</param>
    /// <returns>The item with the change. Not defined if there is a problem.</returns>
    public abstract JsonObject Apply(JsonObject before, JsonObject item, out string? problem);
}

/// <summary><c>SET path = value</c>.</summary>
internal sealed record SetAction(AttributePath Path, UpdateValue Value) : UpdateAction(Path)
{
    public override JsonObject Apply(JsonObject before, JsonObject item, out string? problem)
    {
        if (Value.Evaluate(before, out problem) is not { } value)
        {
            problem ??= Missing;
            return item;
        }

        JsonObject? changed = Path.Set(item, value);
        problem = changed is null ? InvalidPath : null;
        return changed ?? item;
    }
}

/// <summary><c>REMOVE path</c>.</summary>
internal sealed record RemoveAction(AttributePath Path) : UpdateAction(Path)
{
    public override JsonObject Apply(JsonObject before, JsonObject item, out string? problem)
    {
        problem = null;
        return Path.Remove(item);
    }
}

/// <summary><c>ADD path value</c>: adds a number, or members to a set.</summary>
internal sealed record AddAction(AttributePath Path, JsonValue Value) : UpdateAction(Path)
{
    public override JsonObject Apply(JsonObject before, JsonObject item, out string? problem)
    {
        JsonValue? existing = Path.Find(before);
        JsonValue? sum = (AttributeValue.NumberOf(existing), AttributeValue.NumberOf(Value)) switch
        {
            ({ } a, { } b) => AttributeValue.Add(a, b),
            (null, { }) when existing is null => Value,
            _ => AttributeSet.Union(existing, Value),
        };
        JsonObject? changed = sum is null ? null : Path.Set(item, sum);
        problem = sum is null ? WrongType : changed is null ? InvalidPath : null;
        return changed ?? item;
    }
}

/// <summary><c>DELETE path value</c>: takes members out of a set.</summary>
internal sealed record DeleteAction(AttributePath Path, JsonValue Value) : UpdateAction(Path)
{
    public override JsonObject Apply(JsonObject before, JsonObject item, out string? problem)
    {
        problem = null;
        if (Path.Find(before) is not { } existing)
        {
            return item;
        }

        if (!AttributeSet.Except(existing, Value, out JsonValue? left))
        {
            problem = WrongType;
            return item;
        }

        return left is null ? Path.Remove(item) : Path.Set(item, left) ?? item;
    }
}
