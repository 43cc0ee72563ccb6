using System.Globalization;
using StepFlow.Language.Json;

namespace StepFlow.Service.Tests.Fuzz;

/// <summary>Definitions with every kind of state. Most are valid; the others are damaged somewhere.</summary>
internal sealed class RandomDefinitions(Chance chance, RandomTexts texts)
{
    /// <summary>The largest text that a call's duration is promised for, in characters.</summary>
    public const int Largest = 60_000;

    private static readonly string[] Types = ["Pass", "Pass", "Choice", "Wait", "Task", "Task", "Succeed", "Fail", "Parallel", "Map"];

    private static readonly string[] Resources =
    [
        "arn:aws:lambda:us-east-1:123456789012:function:f", "arn:aws:states:::lambda:invoke", "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "arn:aws:states:::states:startExecution.sync:2",
        "arn:aws:states:::aws-sdk:sfn:listStateMachines", "arn:aws:states:us-east-1:123456789012:activity:a", "arn:aws:states:::nosuch:thing", "${Function}",
    ];

    private static readonly string[] Comparisons =
    [
        "StringEquals", "StringLessThan", "StringMatches", "NumericEquals", "NumericGreaterThanEquals", "BooleanEquals", "TimestampEquals", "IsNull", "IsPresent", "IsTimestamp", "StringEqualsPath", "NumericLessThanPath",
    ];

    private static readonly JsonValue[] Odd =
    [
        JsonValue.Null, JsonValue.True, 0, -1, JsonNumber.Create(1.5), 1_000_000_000_000, "", "x", "$", "$$", "{% 1 %}", "{%", "2016-03-14T01:59:00Z", JsonArray.Empty, JsonObject.Empty, JsonArray.Create(JsonValue.Null),
    ];

    /// <summary>A definition's text.</summary>
    public string Machine()
    {
        bool jsonata = chance.Percent(40);
        JsonObject machine = Graph(jsonata, 2);
        if (jsonata)
        {
            machine = machine.With("QueryLanguage", "JSONata");
        }

        JsonValue definition = machine;
        for (int i = chance.Percent(30) ? 1 + chance.Below(3) : 0; i > 0; i--)
        {
            definition = Damage(definition);
        }

        string text = definition.ToString();
        text = text.Length > Largest ? text[..Largest] : text;
        return chance.Percent(3) ? chance.Damage(text) : text;
    }

    /// <summary>A state's text, as TestState takes it.</summary>
    public string State()
    {
        bool jsonata = chance.Percent(40);
        JsonObject state = State(jsonata, 1, "S0");
        JsonValue definition = jsonata ? state.With("QueryLanguage", "JSONata") : state;
        string text = (chance.Percent(20) ? Damage(definition) : definition).ToString();
        return text.Length > Largest ? text[..Largest] : text;
    }

    private JsonObject Graph(bool jsonata, int depth)
    {
        int count = 1 + chance.Below(4);
        var states = new JsonObjectBuilder();
        for (int i = 0; i < count; i++)
        {
            string next = Name(i + 1 < count && chance.Percent(80) ? i + 1 : chance.Below(count));
            states.Set(Name(i), State(jsonata, depth, next, i + 1 == count));
        }

        return JsonObject.Create(("StartAt", Name(0)), ("States", states.Build()));
    }

    private JsonObject State(bool jsonata, int depth, string next, bool isLast = true)
    {
        string type = chance.Pick(Types);
        type = depth == 0 && type is "Map" or "Parallel" ? "Pass" : type;
        JsonObject state = JsonObject.Create(("Type", type));
        if (type is not ("Choice" or "Succeed" or "Fail"))
        {
            state = isLast && chance.Percent(90) ? state.With("End", JsonValue.True) : state.With("Next", next);
        }

        state = type switch
        {
            "Task" => Handled(state.With("Resource", chance.Pick(Resources)).With("TimeoutSeconds", 1 + chance.Below(9)), next),
            "Wait" => chance.Pick<JsonObject>([state.With("Seconds", jsonata ? texts.Expression() : chance.Below(3)), state.With("Timestamp", "2016-03-14T01:59:00Z"), jsonata ? state.With("Seconds", 1) : state.With("SecondsPath", texts.Path())]),
            "Choice" => state.With("Choices", JsonArray.From(Enumerable.Range(0, 1 + chance.Below(3)).Select(_ => Rule(jsonata, next)))).With("Default", next),
            "Fail" => state.With("Error", "E").With(jsonata || chance.Percent(50) ? "Cause" : "CausePath", jsonata ? texts.Expression() : texts.Path()),
            "Parallel" => Handled(state.With("Branches", JsonArray.From(Enumerable.Range(0, 1 + chance.Below(3)).Select(_ => Graph(jsonata, depth - 1)))), next),
            "Map" => Handled(Map(state.With("ItemProcessor", Graph(jsonata, depth - 1)), jsonata), next),
            _ => state,
        };
        return type == "Fail" ? state : WithData(state, jsonata, type);
    }

    private JsonObject WithData(JsonObject state, bool jsonata, string type)
    {
        if (chance.Percent(30))
        {
            state = state.With("Assign", Template(jsonata));
        }

        if (jsonata)
        {
            state = chance.Percent(60) ? state.With("Output", Template(true)) : state;
            return type is "Task" ? state.With("Arguments", Template(true)) : state;
        }

        state = chance.Percent(30) ? state.With("InputPath", texts.Path()) : state;
        state = chance.Percent(30) ? state.With("OutputPath", texts.Path()) : state;
        if (type is "Succeed" or "Choice" or "Wait")
        {
            return state;
        }

        state = chance.Percent(20) ? state.With("ResultPath", "$.a") : state;
        return type == "Map" ? state : state.With("Parameters", Template(false));
    }

    private JsonObject Map(JsonObject state, bool jsonata)
    {
        state = jsonata ? state.With("Items", texts.Expression()) : state.With("ItemsPath", "$.items");
        state = chance.Percent(40) ? state.With("MaxConcurrency", chance.Below(4)) : state;
        return chance.Percent(30) ? state.With("ItemSelector", Template(jsonata)) : state;
    }

    private JsonObject Handled(JsonObject state, string next)
    {
        JsonArray errors = JsonArray.Create("States.ALL");
        state = chance.Percent(30) ? state.With("Retry", JsonArray.Create(JsonObject.Create(("ErrorEquals", errors), ("MaxAttempts", chance.Below(3)), ("IntervalSeconds", 1)))) : state;
        return chance.Percent(30) ? state.With("Catch", JsonArray.Create(JsonObject.Create(("ErrorEquals", errors), ("Next", next)))) : state;
    }

    private JsonObject Rule(bool jsonata, string next)
    {
        if (jsonata)
        {
            return JsonObject.Create(("Condition", texts.Expression()), ("Next", next));
        }

        string comparison = chance.Pick(Comparisons);
        JsonValue operand = comparison switch
        {
            _ when comparison.EndsWith("Path", StringComparison.Ordinal) => texts.Path(),
            "TimestampEquals" => "2016-03-14T01:59:00Z",
            "StringMatches" => chance.Pick(["*", "a*b*c*d*e*f*g", "\\*x"]),
            _ when comparison[0] == 'S' => "x",
            _ when comparison[0] == 'N' => chance.Below(3),
            _ => JsonValue.True,
        };
        JsonObject test = JsonObject.Create(("Variable", texts.Path()), (comparison, operand));
        return (chance.Percent(30) ? JsonObject.Create(("Not", test)) : test).With("Next", next);
    }

    private JsonObject Template(bool jsonata)
    {
        var members = new JsonObjectBuilder();
        int count = chance.Percent(2) ? 400 : 1 + chance.Below(3);
        for (int i = 0; i < count; i++)
        {
            string name = "v" + (i == 0 ? string.Empty : i.ToString(CultureInfo.InvariantCulture));
            bool isPath = !jsonata && chance.Percent(70);
            members.Set(isPath ? name + ".$" : name, isPath ? chance.Percent(40) ? texts.Function() : texts.Path() : jsonata ? texts.Expression() : chance.Pick(Odd));
        }

        return members.Build();
    }

    /// <summary>Another value, or one member more, less or changed.</summary>
    private JsonValue Damage(JsonValue value)
    {
        int size = value is JsonObject members ? members.Count : value is JsonArray items ? items.Count : 0;
        if (size == 0 || chance.Percent(10))
        {
            return chance.Pick(Odd);
        }

        int at = chance.Below(size);
        if (value is JsonArray array)
        {
            return array.With(at, Damage(array[at]));
        }

        var source = (JsonObject)value;
        KeyValuePair<string, JsonValue> member = source.AsSpan()[at];
        return chance.Below(8) switch
        {
            0 => source.Without(member.Key),
            1 => source.Without(member.Key).With(chance.Damage(member.Key), member.Value),
            _ => source.With(member.Key, Damage(member.Value)),
        };
    }

    private static string Name(int index) => "S" + index.ToString(CultureInfo.InvariantCulture);
}
