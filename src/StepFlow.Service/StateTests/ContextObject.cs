using StepFlow.Language;
using StepFlow.Language.Compilation;

namespace StepFlow.Service.StateTests;

/// <summary>The context object in a request of TestState.</summary>
internal static class ContextObject
{
    private static readonly Dictionary<string, (string Field, JsonKind? Kind)[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Execution"] = [("Id", JsonKind.String), ("Input", null), ("Name", JsonKind.String), ("RoleArn", JsonKind.String), ("StartTime", JsonKind.String), ("RedriveCount", JsonKind.Number), ("RedriveTime", JsonKind.String)],
        ["State"] = [("EnteredTime", JsonKind.String), ("Name", JsonKind.String), ("RetryCount", JsonKind.Number)],
        ["StateMachine"] = [("Id", JsonKind.String), ("Name", JsonKind.String)],
        ["Task"] = [("Token", JsonKind.String)],
    };

    /// <summary>Reads it.</summary>
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
