namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>
/// Carries an error up to the border of the engine, where <see cref="JsonataExpression"/> turns it into a value.
/// Nothing outside the engine ever sees it.
/// </summary>
internal sealed class JsonataException(string code) : Exception
{
    private JsonValue? _raiser;

    public string Code { get; } = code;

    public int Position { get; set; } = -1;

    public string? Token { get; set; }

    /// <summary>The token where it is a number or a constant: messages write it without quotes.</summary>
    public JsonValue? TokenLiteral { get; init; }

    public JsonValue? Value { get; init; }

    public JsonValue? Value2 { get; init; }

    public int Index { get; init; }

    /// <summary>The required type of an array's items (T0412), in the plural.</summary>
    public string? ItemType { get; init; }

    public string? FunctionName { get; init; }

    /// <summary>A text that the expression itself gave ($error, $assert).</summary>
    public string? Text { get; init; }

    /// <summary>
    /// Sets the position if the error has none. For exception filters: it always returns false, so nothing
    /// is caught or rethrown.
    /// </summary>
    public bool Locate(int position, string? token)
    {
        if (Position < 0)
        {
            Position = position;
        }

        Token ??= token;
        return false;
    }

    /// <summary>
    /// The same for a call. The name in the call has precedence over the function's own name.
    /// </summary>
    public bool LocateCall(int position, string? name, JsonValue? function)
    {
        if (ReferenceEquals(_raiser, function) && _raiser is not null)
        {
            Token = name;
            _raiser = null;
        }

        return Locate(position, name);
    }

    /// <summary>The same within a built-in function.</summary>
    public bool LocateFunction(JsonValue function, string name)
    {
        if (Token is null)
        {
            Token = name;
            _raiser = function;
        }

        return false;
    }
}
