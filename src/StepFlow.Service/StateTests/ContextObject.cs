using System.Globalization;
using StepFlow.Language;
using StepFlow.Language.Compilation;
using StepFlow.Language.Json;
using StepFlow.Service.Arns;
using StepFlow.Service.Errors;

namespace StepFlow.Service.StateTests;

/// <summary>The context object of a tested state: the service's own, or one that the caller brings.</summary>
internal static class ContextObject
{
    private static readonly Dictionary<string, (string Field, JsonKind? Kind)[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Execution"] = [("Id", JsonKind.String), ("Input", null), ("Name", JsonKind.String), ("RoleArn", JsonKind.String), ("StartTime", JsonKind.String), ("RedriveCount", JsonKind.Number), ("RedriveTime", JsonKind.String)],
        ["State"] = [("EnteredTime", JsonKind.String), ("Name", JsonKind.String), ("RetryCount", JsonKind.Number)],
        ["StateMachine"] = [("Id", JsonKind.String), ("Name", JsonKind.String)],
        ["Task"] = [("Token", JsonKind.String)],
    };

    /// <summary>The service's own: of an execution that exists for the test only.</summary>
    public static JsonObject Default(CompiledState state, StateTestCall call, ArnFormat arns, DateTimeOffset now)
    {
        string machine = Guid.NewGuid().ToString("D");
        string execution = Guid.NewGuid().ToString("D");
        string time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var entered = new JsonObjectBuilder(3).Set("Name", Language.Loading.StateMachineLoader.UnnamedState).Set("EnteredTime", time);
        if (state is CompiledTask or CompiledMap or CompiledParallel)
        {
            entered.Set("RetryCount", call.RetrierRetryCount);
        }

        return JsonObject.Create(
            ("Execution", JsonObject.Create(
                ("Id", $"arn:aws:states:{arns.Region}:{arns.Account}:express:{machine}:{execution}"),
                ("Input", call.Input),
                ("Name", execution),
                ("RoleArn", call.RoleArn is null ? JsonValue.Null : call.RoleArn),
                ("StartTime", time))),
            ("StateMachine", JsonObject.Create(("Id", arns.StateMachine(machine)), ("Name", machine))),
            ("State", entered.Build()));
    }

    /// <summary>Reads the caller's own.</summary>
    /// <exception cref="ApiException"><c>ValidationException</c>.</exception>
    public static JsonObject Parse(string text, CompiledState state)
    {
        if (JsonValue.ParseOrNull(text) is not JsonObject context)
        {
            throw Refuse("Context object must be a valid JSON object");
        }

        foreach ((string name, JsonValue value) in context)
        {
            if (name == "Map")
            {
                throw Refuse("'Map' field is not supported when mocking a Context object");
            }

            if (!Allowed.TryGetValue(name, out (string Field, JsonKind? Kind)[]? fields))
            {
                throw Refuse($"Field '{name}' is not allowed");
            }

            if (name == "Task" && state is not CompiledTask { Resource.Pattern: not TaskPattern.RequestResponse })
            {
                throw Refuse("Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern");
            }

            Check(name, value, fields);
        }

        return context;
    }

    private static void Check(string name, JsonValue value, (string Field, JsonKind? Kind)[] fields)
    {
        if (value is not JsonObject structure)
        {
            throw Refuse($"{name} must be an object");
        }

        foreach ((string field, JsonValue content) in structure)
        {
            int at = Array.FindIndex(fields, known => known.Field == field);
            if (at < 0)
            {
                throw Refuse($"Field '{field}' is not allowed");
            }

            if (fields[at].Kind is { } kind && content.Kind != kind)
            {
                throw Refuse($"{name}.{field} must be a {(kind == JsonKind.String ? "string" : "number")}");
            }
        }
    }

    private static ApiException Refuse(string detail) => ApiErrors.Validation(StateTestMessages.Context(detail));
}
