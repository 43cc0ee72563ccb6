using System.Diagnostics;
using System.Text.RegularExpressions;

namespace StepFlow.Service.Rest;

/// <summary>The OpenAPI 3.1 description of REST, made from its routes and the operations' shapes.</summary>
internal sealed partial class OpenApiDocument(StepFunctionsService service)
{
    /// <summary>How the response shows payloads.</summary>
    private static readonly JsonObject PayloadsParameter = JsonObject.Create(
        ("name", RestPayloads.Parameter),
        ("in", "query"),
        ("required", false),
        ("description", "Whether the response shows payloads as JSON values, or as the JSON texts that the Step Functions API carries."),
        ("schema", JsonObject.Create(
            ("type", "string"),
            ("enum", JsonArray.Create(RestPayloads.AsValues, RestPayloads.AsText)),
            ("default", RestPayloads.AsValues))));

    public JsonObject Build()
    {
        var paths = new JsonObjectBuilder();
        foreach (IGrouping<string, RestRoute> path in RestRoutes.All.GroupBy(route => route.Template))
        {
            paths.Set(path.Key, path.Aggregate(new JsonObjectBuilder(), (item, route) => item.Set(route.Method.ToLowerInvariant(), Operation(route))).Build());
        }

        return JsonObject.Create(
            ("openapi", "3.1.0"),
            ("info", JsonObject.Create(("title", "StepFlow"), ("version", typeof(OpenApiDocument).Assembly.GetName().Version?.ToString(3) ?? "0"))),
            ("paths", paths.Build()),
            ("components", JsonObject.Create(
                ("securitySchemes", JsonObject.Create(("accessKey", JsonObject.Create(("type", "http"), ("scheme", "basic"))))),
                ("schemas", JsonObject.Create(("Error", ErrorSchema()))))));
    }

    private JsonObject Operation(RestRoute route)
    {
        StructureShape? shape = route.Operation is null ? null : service.ShapeOf(route.Operation);
        string[] inPath = [.. Parts().Matches(route.Template).Select(match => match.Groups[1].Value)];
        var covered = new HashSet<string>(inPath.Select(Covered), StringComparer.Ordinal);
        Member[] members = [.. (shape?.Members ?? []).Where(member => !covered.Contains(member.Name))];
        bool inQuery = route.Method is "GET" or "DELETE";
        IEnumerable<JsonValue> parameters = inPath
            .Select(name => (JsonValue)JsonObject.Create(("name", name), ("in", "path"), ("required", true), ("schema", JsonObject.Create(("type", "string")))))
            .Concat(inQuery ? members.Select(member => (JsonValue)JsonObject.Create(("name", member.Name), ("in", "query"), ("required", member.IsRequired), ("schema", Schema(member)))) : [])
            .Append(PayloadsParameter);
        var operation = new JsonObjectBuilder()
            .Set("operationId", route.Operation ?? "InvokeOperation")
            .Set("summary", route.Summary)
            .Set("parameters", JsonArray.From(parameters));
        if (!inQuery)
        {
            JsonObject body = Schema(members, open: shape is null);
            operation.Set("requestBody", JsonObject.Create(
                ("required", members.Any(member => member.IsRequired)),
                ("content", JsonObject.Create(("application/json", JsonObject.Create(("schema", body)))))));
        }

        return operation.Set("responses", Responses()).Build();
    }

    /// <summary>The member of the request that a part of the path sets.</summary>
    private static string Covered(string part) => part switch
    {
        "machine" => "stateMachineArn",
        "execution" => "executionArn",
        "version" => "stateMachineVersionArn",
        "alias" => "stateMachineAliasArn",
        "activity" => "activityArn",
        "index" => "executionArn",
        _ => part,
    };

    private static JsonObject Responses() => JsonObject.Create(
        ("200", JsonObject.Create(
            ("description", "The operation's response."),
            ("content", JsonObject.Create(("application/json", JsonObject.Create(("schema", JsonObject.Create(("type", "object"))))))))),
        ("default", JsonObject.Create(
            ("description", "An error of the operation."),
            ("content", JsonObject.Create(("application/json", JsonObject.Create(("schema", JsonObject.Create(("$ref", "#/components/schemas/Error"))))))))));

    private static JsonObject ErrorSchema() => JsonObject.Create(
        ("type", "object"),
        ("properties", JsonObject.Create(("error", JsonObject.Create(("type", "string"))), ("message", JsonObject.Create(("type", "string"))))),
        ("required", JsonArray.Create("error", "message")));

    private static JsonObject Schema(IReadOnlyList<Member> members, bool open)
    {
        JsonObject properties = members.Aggregate(new JsonObjectBuilder(), (builder, member) => builder.Set(member.Name, Schema(member))).Build();
        JsonArray required = JsonArray.From(members.Where(member => member.IsRequired && member.Name != RestRoles.Member).Select(member => (JsonValue)member.Name));
        return new JsonObjectBuilder()
            .Set("type", "object")
            .Set("properties", properties)
            .SetIfPresent("required", required.Count == 0 ? null : required)
            .SetIfPresent("additionalProperties", open ? (JsonValue)true : null)
            .Build();
    }

    private static JsonObject Schema(Member member) =>
        RestPayloads.OfRequests.Contains(member.Name) ? JsonObject.Create(("description", "A JSON value, or its text.")) : Schema(member.Shape);

    private static JsonObject Schema(Shape shape) => shape switch
    {
        TextShape text => new JsonObjectBuilder()
            .Set("type", "string")
            .SetIfPresent("minLength", text.Min)
            .SetIfPresent("maxLength", text.Max)
            .SetIfPresent("enum", text.Values is { } values ? JsonArray.From(values.Select(value => (JsonValue)value)) : null)
            .Build(),
        NumberShape number => new JsonObjectBuilder()
            .Set("type", number.IsInteger ? "integer" : "number")
            .SetIfPresent("minimum", number.Min is { } min ? JsonNumber.Create(min) : null)
            .SetIfPresent("maximum", number.Max is { } max ? JsonNumber.Create(max) : null)
            .Build(),
        BooleanShape => JsonObject.Create(("type", "boolean")),
        ListShape list => JsonObject.Create(("type", "array"), ("items", Schema(list.Item))),
        StructureShape structure => Schema(structure.Members, open: false),
        _ => throw new UnreachableException(),
    };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parts();
}
