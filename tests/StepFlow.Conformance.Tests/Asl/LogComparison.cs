using System.Globalization;
using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Conformance.Tests.Asl.Doubles;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>Compares the records of an execution log with recorded ones: they are history events, written as the log writes them.</summary>
internal static class LogComparison
{
    /// <summary>Whether a recorded list holds log records.</summary>
    public static bool IsLog(JsonArray recorded) =>
        recorded.Count > 0 && recorded.All(record => record is JsonObject members && members.ContainsKey("event_timestamp") && members.ContainsKey("execution_arn"));

    /// <summary>Whether a record reports the end of an execution.</summary>
    public static bool IsEnd(JsonObject record) =>
        AwsResponses.Text(record, "type") is "ExecutionSucceeded" or "ExecutionFailed" or "ExecutionTimedOut" or "ExecutionAborted";

    /// <summary>Where the log of the case's executions first differs from a recorded one.</summary>
    public static Difference? Compare(CaseRun run, JsonArray recorded) =>
        run.CompareHistory(Events(recorded.OfType<JsonObject>()), Events(run.World.Log.Of().Select(run.Renamed)));

    /// <summary>Records as events, in their order: the streams of a log group have none.</summary>
    private static JsonArray Events(IEnumerable<JsonObject> records) => JsonArray.From(records
        .Select(record => record
            .Without("previous_event_id")
            .With("id", Number(record, "id"))
            .With("previousEventId", Number(record, "previous_event_id")))
        .OrderBy(static item => ((JsonNumber)item["id"]!).ToDouble()));

    private static long Number(JsonObject record, string name) =>
        long.TryParse(AwsResponses.Text(record, name), CultureInfo.InvariantCulture, out long number) ? number : 0;
}
