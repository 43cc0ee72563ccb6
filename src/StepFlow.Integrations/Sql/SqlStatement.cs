namespace StepFlow.Integrations.Sql;

/// <summary>A statement with the values of its parameters.</summary>
/// <param name="Text">The statement, with <c>@name</c> for each parameter.</param>
/// <param name="Parameters">The values by the names of the parameters, without <c>@</c>.</param>
internal sealed record SqlStatement(string Text, IReadOnlyList<KeyValuePair<string, JsonValue>> Parameters)
{
    /// <summary>The parameter that every statement can use. Its value is the same for each repetition of one attempt of the task.</summary>
    private const string IdempotencyKey = "idempotencyKey";

    /// <summary>The name of the member of a parameter that is bytes.</summary>
    public const string Base64 = "Base64";

    /// <summary>Reads the one statement of <c>Statement</c> and <c>Parameters</c>, or those of <c>Statements</c>.</summary>
    /// <param name="arguments">The task's arguments. Problems are reported to them.</param>
    /// <param name="idempotencyKey">The value of <c>@idempotencyKey</c>.</param>
    public static IReadOnlyList<SqlStatement> Read(ArgumentReader arguments, string idempotencyKey)
    {
        if (arguments.Value("Statement") is null == arguments.Value("Statements") is null)
        {
            arguments.Refuse(SqlErrors.OneOfStatements);
            return [];
        }

        if (arguments.Value("Statement") is not null)
        {
            return [ReadOne(arguments, idempotencyKey)];
        }

        JsonArray texts = arguments.Array("Statements") ?? JsonArray.Empty;
        if (texts.Count == 0)
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Statements", "a list of objects with 'Statement' and 'Parameters'"));
        }

        var statements = new List<SqlStatement>(texts.Count);
        for (int index = 0; index < texts.Count; index++)
        {
            var one = new ArgumentReader(texts[index]);
            statements.Add(ReadOne(one, idempotencyKey));
            if (one.Problem is { } problem)
            {
                arguments.Refuse($"Statements[{index}]: {problem}");
            }
        }

        return statements;
    }

    private static SqlStatement ReadOne(ArgumentReader arguments, string idempotencyKey)
    {
        string text = arguments.RequiredText("Statement");
        var parameters = new List<KeyValuePair<string, JsonValue>>();
        foreach ((string written, JsonValue value) in arguments.Object("Parameters") ?? JsonObject.Empty)
        {
            string name = written.TrimStart('@');
            if (!IsBindable(value))
            {
                arguments.Refuse(TaskErrors.InvalidArgument($"Parameters.{written}", SqlErrors.Parameter));
            }

            parameters.Add(new(name, value));
        }

        if (text.Contains("@" + IdempotencyKey, StringComparison.Ordinal) && !parameters.Exists(static parameter => parameter.Key == IdempotencyKey))
        {
            parameters.Add(new(IdempotencyKey, idempotencyKey));
        }

        return new(text, parameters);
    }

    private static bool IsBindable(JsonValue value) => value switch
    {
        JsonObject { Count: 1 } bytes => bytes[Base64] is JsonString { Value: var text } && Convert.TryFromBase64String(text, new byte[text.Length], out _),
        JsonObject or JsonArray => false,
        _ => true,
    };
}
