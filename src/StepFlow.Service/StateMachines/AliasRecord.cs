using StepFlow.Runtime.Documents;

namespace StepFlow.Service.StateMachines;

/// <summary>An alias of one version, or of two with weights.</summary>
internal sealed record AliasRecord
{
    public required string Name { get; init; }

    public required string Arn { get; init; }

    public string? Description { get; init; }

    /// <summary>As it was given: objects with <c>stateMachineVersionArn</c> and <c>weight</c>, whose sum is 100.</summary>
    public required JsonArray Routing { get; init; }

    public required DateTimeOffset CreationDate { get; init; }

    public required DateTimeOffset UpdateDate { get; init; }

    /// <summary>The versions it leads to, with their weights.</summary>
    public IEnumerable<(string VersionArn, int Weight)> Routes =>
        Routing.Cast<JsonObject>().Select(route => (route.RequiredText("stateMachineVersionArn"), (int)((JsonNumber)route["weight"]!).ToDouble()));

    public JsonObject ToJson() => new JsonObjectBuilder(6)
        .Set("name", Name)
        .Set("arn", Arn)
        .SetIfPresent("description", Description)
        .Set("routing", Routing)
        .Set("creationDate", CreationDate.ToWire())
        .Set("updateDate", UpdateDate.ToWire())
        .Build();

    public static AliasRecord FromJson(JsonObject document) => new()
    {
        Name = document.RequiredText("name"),
        Arn = document.RequiredText("arn"),
        Description = document.Text("description"),
        Routing = (JsonArray)document["routing"]!,
        CreationDate = Instants.FromWire(document["creationDate"]!),
        UpdateDate = Instants.FromWire(document["updateDate"]!),
    };
}
