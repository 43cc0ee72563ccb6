using StepFlow.Language.Json;
using StepFlow.Service.Tests.Model;

namespace StepFlow.Service.Tests.Fuzz;

/// <summary>Requests of every operation, made by the API model; their ARNs are known ones, damaged ones and others.</summary>
internal sealed class RandomRequests(Chance chance)
{
    private const string Account = "arn:aws:states:us-east-1:123456789012:";

    private static readonly string[] Kinds =
    [
        "stateMachine:m", "stateMachine:m:1", "stateMachine:m:99", "stateMachine:m:live", "stateMachine:m/label", "execution:m:e", "execution:m/label:e", "express:m:e:1", "mapRun:m/label:e", "mapRun:m/label:e:1", "activity:a", "nosuch:x", "",
    ];

    private readonly List<string> _known = [];

    public RandomTexts Texts { get; } = new(chance);

    private RandomDefinitions Definitions => new(chance, Texts);

    /// <summary>Stores the ARNs of a response.</summary>
    public void Learn(JsonValue response)
    {
        switch (response)
        {
            case JsonObject members:
                foreach ((string name, JsonValue value) in members)
                {
                    if (value is JsonString { Value: var arn } && name.EndsWith("Arn", StringComparison.Ordinal) && name != "roleArn" && !_known.Contains(arn))
                    {
                        _known.Add(arn);
                    }

                    Learn(value);
                }

                break;
            case JsonArray items:
                foreach (JsonValue item in items)
                {
                    Learn(item);
                }

                break;
        }
    }

    /// <summary>A request of an operation.</summary>
    public JsonObject Of(string operation) =>
        ApiModel.Load().ShapeOf(operation, "input") is { } shape ? Structure(shape, operation) : JsonObject.Empty;

    private JsonObject Structure(JsonObject shape, string operation)
    {
        var required = (shape["required"] as JsonArray ?? JsonArray.Empty).Select(static name => ((JsonString)name).Value).ToHashSet(StringComparer.Ordinal);
        var request = new JsonObjectBuilder();
        foreach ((string name, JsonValue reference) in (JsonObject)shape["members"]!)
        {
            if (chance.Percent(required.Contains(name) ? 98 : 25))
            {
                JsonObject target = ApiModel.Load().Shape(ApiModel.Text((JsonObject)reference, "shape")!);
                request.Set(name, chance.Percent(2) ? chance.Pick<JsonValue>([JsonValue.Null, 1, "x", JsonArray.Empty, JsonObject.Empty]) : Value(name, target, operation));
            }
        }

        return request.Build();
    }

    private JsonValue Value(string name, JsonObject shape, string operation)
    {
        switch (ApiModel.Text(shape, "type"))
        {
            case "structure":
                return Structure(shape, operation);
            case "list":
                JsonObject member = ApiModel.Load().Shape(ApiModel.Text((JsonObject)shape["member"]!, "shape")!);
                return JsonArray.From(Enumerable.Range(0, chance.Below(3)).Select(_ => Value(name, member, operation)));
            case "boolean":
                return chance.Percent(50);
            case "integer" or "long":
                return chance.Pick([0, 1, 2, 10, 100, 1000, -1, int.MaxValue]);
            case "float":
                return JsonNumber.Create(chance.Pick([0, 0.5, 100, 100.5, -1]));
            case "timestamp":
                return 1_700_000_000;
            default:
                return Text(name, shape, operation);
        }
    }

    private string Text(string name, JsonObject shape, string operation)
    {
        if (shape["enum"] is JsonArray values)
        {
            return chance.Percent(95) ? ((JsonString)chance.Pick([.. values])).Value : "NONE_OF_THEM";
        }

        return name switch
        {
            "definition" => operation == "TestState" && chance.Percent(80) ? Definitions.State() : Definitions.Machine(),
            "input" or "output" or "result" or "variables" or "context" or "mapItemReaderData" => Texts.Json(),
            "roleArn" => "arn:aws:iam::123456789012:role/r",
            "stateName" or "errorCausedByState" => chance.Pick(["S0", "S1", "Z"]),
            _ when name.EndsWith("Arn", StringComparison.Ordinal) => Arn(),
            "name" => chance.Percent(20) ? chance.Damage("name") : "n" + chance.Below(40),
            "nextToken" or "taskToken" => chance.Damage("AAAA"),
            _ => chance.Percent(10) ? new string('x', chance.Pick([0, 80, 81, 256, 257, 1025])) : "text",
        };
    }

    private string Arn()
    {
        string arn = _known.Count > 0 && chance.Percent(75) ? chance.Pick(_known) : Account + chance.Pick(Kinds);
        return chance.Percent(15) ? chance.Damage(arn) : arn;
    }
}
