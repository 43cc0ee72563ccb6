using StepFlow.Runtime.Documents;

namespace StepFlow.Service.Activities;

/// <summary>An activity as it is stored.</summary>
internal sealed record ActivityRecord
{
    public required string Name { get; init; }

    public required string Arn { get; init; }

    public required DateTimeOffset CreationDate { get; init; }

    /// <summary>The tags: an object of keys and values.</summary>
    public JsonObject Tags { get; init; } = JsonObject.Empty;

    public JsonObject ToJson() => JsonObject.Create(("name", Name), ("arn", Arn), ("creationDate", CreationDate.ToWire()), ("tags", Tags));

    public static ActivityRecord FromJson(JsonObject document) => new()
    {
        Name = document.RequiredText("name"),
        Arn = document.RequiredText("arn"),
        CreationDate = Instants.FromWire(document["creationDate"]!),
        Tags = (JsonObject)document["tags"]!,
    };
}
