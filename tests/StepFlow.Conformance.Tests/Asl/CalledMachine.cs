using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>Stands in for a machine that a case calls and the recording does not hold: it ends as the called execution ended in the recorded response.</summary>
internal static class CalledMachine
{
    /// <summary>The definition; null if no recorded response contains the end.</summary>
    public static JsonObject? StandIn(JsonValue expected) => Described(expected) is { } execution
        ? execution["Status"] switch
        {
            JsonString { Value: "SUCCEEDED" } => Machine(new JsonObjectBuilder().Set("Type", "Pass").SetIfPresent("Result", Output(execution["Output"])).Set("End", true)),
            JsonString { Value: "FAILED" } => Machine(new JsonObjectBuilder().Set("Type", "Fail").SetIfPresent("Error", execution["Error"]).SetIfPresent("Cause", execution["Cause"])),
            JsonString { Value: "TIMED_OUT" } => Machine(new JsonObjectBuilder().Set("Type", "Wait").Set("Seconds", 60).Set("End", true)).With("TimeoutSeconds", 1),
            _ => null,
        }
        : null;

    private static JsonObject Machine(JsonObjectBuilder state) =>
        JsonObject.Create(("StartAt", "StandIn"), ("States", JsonObject.Create(("StandIn", state.Build()))));

    /// <summary>The first description of an execution in what was recorded.</summary>
    private static JsonObject? Described(JsonValue value) => value switch
    {
        JsonObject members when members.ContainsKey("StateMachineArn") && members.ContainsKey("Status") && members.ContainsKey("StartDate") => members,
        JsonObject members => members.Select(member => Described(member.Value)).FirstOrDefault(found => found is not null),
        JsonArray items => items.Select(Described).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static JsonValue? Output(JsonValue? recorded) => recorded is JsonString { Value: var text } ? JsonValue.ParseOrNull(text) ?? recorded : recorded;
}
