using StepFlow.Language.Json;
using StepFlow.Service.MapRuns;

namespace StepFlow.Functions.Orchestration;

/// <summary>A listing of objects as JSON.</summary>
internal static class ObjectSummaries
{
    public static JsonArray Write(IEnumerable<ObjectSummary> objects) => JsonArray.From(objects.Select(o => (JsonValue)JsonArray.Create(
        o.Key, o.Size, o.ETag, o.LastModified.UtcTicks, o.StorageClass)));

    public static IReadOnlyList<ObjectSummary> Read(JsonValue listing) => [.. ((JsonArray)listing).Cast<JsonArray>().Select(o => new ObjectSummary(
        Text(o[0]), Number(o[1]), Text(o[2]), new DateTimeOffset(Number(o[3]), TimeSpan.Zero), Text(o[4])))];

    private static string Text(JsonValue value) => ((JsonString)value).Value;

    private static long Number(JsonValue value) => ((JsonNumber)value).TryGetInt64(out long number) ? number : 0;
}
