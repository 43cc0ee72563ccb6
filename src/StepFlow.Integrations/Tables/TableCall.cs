using System.Collections.Frozen;
using StepFlow.Integrations.Tables.Expressions;

namespace StepFlow.Integrations.Tables;

/// <summary>One call of a table integration.</summary>
internal sealed record TableCall(TaskCall Call, ArgumentReader Arguments, Placeholders Placeholders, Table Table)
{
    /// <summary>The parameters of DynamoDB from the time before expressions, each with its replacement.</summary>
    private static readonly FrozenDictionary<string, string> Legacy = new Dictionary<string, string>
    {
        ["Expected"] = "ConditionExpression",
        ["ConditionalOperator"] = "ConditionExpression",
        ["AttributeUpdates"] = "UpdateExpression",
        ["AttributesToGet"] = "ProjectionExpression",
        ["KeyConditions"] = "KeyConditionExpression",
        ["QueryFilter"] = "FilterExpression",
        ["ScanFilter"] = "FilterExpression",
    }.ToFrozenDictionary();

    /// <summary>The first problem of the arguments, then of the placeholders that no expression used; null where nothing is wrong.</summary>
    public string? Problem => Arguments.Problem ?? Placeholders.CheckUnused();

    /// <summary>Reads the parameters that all calls have, or returns the failure.</summary>
    /// <param name="required">The parameter that is checked before the table; null for none.</param>
    public static (TableCall? Read, TaskRejected? Failure) Read(TableContext context, TaskCall call, string? required)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string name = ResourceName.Of(arguments.RequiredText("TableName"));
        var placeholders = new Placeholders(arguments.Object("ExpressionAttributeNames"), arguments.Object("ExpressionAttributeValues"));
        foreach ((string legacy, string instead) in Legacy)
        {
            if (arguments.Value(legacy) is not null)
            {
                arguments.Refuse(TableErrors.Unsupported(legacy, instead));
            }
        }

        if (required is not null && arguments.Value(required) is null)
        {
            arguments.Refuse(TableErrors.NullMember(required));
        }

        return (arguments.Problem ?? placeholders.CheckValues()) is { } problem ? (null, TableErrors.Invalid(call, problem))
            : context.StoreFor(call) is UnconfiguredTableStore ? (null, TableErrors.NoStore(call, context.Hints))
            : context.Tables.TryGetValue(name, out Table? table) ? (new(call, arguments, placeholders, table), null)
            : (null, TableErrors.NoTable(call, name, context.Hints));
    }

    /// <summary>The call's Key. Null if it is not valid; then a problem is reported.</summary>
    public TableKey? ReadKey()
    {
        TableKey? found = Table.ExactKeyOf(Arguments.Object("Key") ?? JsonObject.Empty);
        if (found is null)
        {
            Arguments.Refuse(TableErrors.KeyMismatch);
        }

        return found;
    }

    /// <summary>A condition; null where the parameter is absent.</summary>
    public Condition? ReadCondition(string parameter)
    {
        if (Arguments.Text(parameter) is not { } text)
        {
            return null;
        }

        var reader = new ExpressionReader(parameter, text, Placeholders);
        Condition condition = ConditionParser.Parse(reader);
        if (reader.Problem is { } problem)
        {
            Arguments.Refuse(problem);
        }

        return condition;
    }

    /// <summary>The paths of a ProjectionExpression; null where it is absent.</summary>
    public List<AttributePath>? ReadProjection()
    {
        if (Arguments.Text("ProjectionExpression") is not { } text)
        {
            return null;
        }

        var reader = new ExpressionReader("ProjectionExpression", text, Placeholders);
        List<AttributePath> paths = [];
        do
        {
            paths.Add(reader.Path());
        }
        while (reader.Take(","));
        if (reader.Problem is null && !reader.AtEnd)
        {
            reader.Fail();
        }

        if (reader.Problem is { } problem)
        {
            Arguments.Refuse(problem);
        }

        return paths;
    }

    /// <summary>The requested return values: NONE, or one of the allowed values.</summary>
    public string ReadReturnValues(params ReadOnlySpan<string> allowed)
    {
        string wanted = Arguments.Text("ReturnValues") ?? "NONE";
        if (wanted != "NONE" && !allowed.Contains(wanted))
        {
            Arguments.Refuse($"Return values set to invalid value: '{wanted}'; allowed here: NONE, {string.Join(", ", allowed.ToArray())}");
        }

        return wanted;
    }

    public static JsonObject Project(JsonObject item, List<AttributePath>? paths) =>
        paths is null ? item : paths.Aggregate(JsonObject.Empty, (projection, path) => path.Project(item, projection));
}
