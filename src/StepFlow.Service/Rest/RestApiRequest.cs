using System.Globalization;
using Microsoft.AspNetCore.Http;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Service.Rest;

/// <summary>Makes the request of an operation from a path, a query and a body.</summary>
internal static class RestApiRequest
{
    /// <summary>The request.</summary>
    /// <param name="body">Its body; an empty object where it has none.</param>
    /// <param name="shape">The operation's shape; decides how the query's texts are read.</param>
    /// <param name="arns">Makes the ARNs of names.</param>
    /// <param name="run">The Map Run that the path names; null where it names none, or one that does not exist.</param>
    public static JsonObject From(HttpContext context, JsonObject body, StructureShape shape, ArnFormat arns, MapRunRecord? run)
    {
        JsonObject request = (JsonObject)Text(body);
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Query)
        {
            if (shape.Members.FirstOrDefault(member => member.Name == name) is { } member)
            {
                request = request.With(name, Read(member.Shape, [.. values.OfType<string>()]));
            }
        }

        string? machine = Route("machine");
        foreach (Member member in shape.Members)
        {
            if (OfRoute(member.Name, machine, Route, arns, run) is { } value)
            {
                request = request.With(member.Name, value);
            }
        }

        return request;

        string? Route(string name) =>
            context.Request.RouteValues.TryGetValue(name, out object? value) ? Uri.UnescapeDataString(value?.ToString() ?? string.Empty) : null;
    }

    private static string? OfRoute(string member, string? machine, Func<string, string?> route, ArnFormat arns, MapRunRecord? run) => member switch
    {
        "stateMachineArn" when machine is not null => IsArn(machine) ? machine : arns.StateMachine(machine),
        "executionArn" when route("index") is { } index => Child(route("mapRunArn")!, index, run),
        "executionArn" when route("execution") is { } name => IsArn(name) ? name : arns.Execution(machine!, name),
        "stateMachineVersionArn" when route("version") is { } version => $"{arns.StateMachine(machine!)}:{version}",
        "stateMachineAliasArn" when route("alias") is { } alias => arns.Alias(machine!, alias),
        "activityArn" when route("activity") is { } activity => IsArn(activity) ? activity : arns.Activity(activity),
        "mapRunArn" or "resourceArn" => route(member),
        _ => null,
    };

    /// <summary>The execution of an item. If the text is not an index, the execution does not exist.</summary>
    private static string Child(string mapRunArn, string index, MapRunRecord? run) => MapRunNames.ChildArn(
        mapRunArn,
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1,
        run?.Settings.HasExpressChildren ?? false);

    private static bool IsArn(string text) => text.StartsWith("arn:", StringComparison.Ordinal);

    private static JsonValue Read(Shape shape, string[] values) => shape switch
    {
        NumberShape when double.TryParse(values[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) => JsonNumber.Create(number),
        BooleanShape when bool.TryParse(values[^1], out bool flag) => flag,
        ListShape => JsonArray.From(values.Select(value => (JsonValue)value)),
        _ => values[^1],
    };

    /// <summary>JSON values become texts, because the API requires JSON texts.</summary>
    private static JsonValue Text(JsonValue value) => value switch
    {
        JsonObject structure => structure.Aggregate(
            new JsonObjectBuilder(structure.Count),
            (builder, member) => builder.Set(
                member.Key,
                RestPayloads.OfRequests.Contains(member.Key) && member.Value is not (JsonString or JsonNull) ? member.Value.ToString() : Text(member.Value))).Build(),
        JsonArray list => JsonArray.From(list.Select(Text)),
        _ => value,
    };
}
