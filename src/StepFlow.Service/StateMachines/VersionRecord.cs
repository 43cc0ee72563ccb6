using StepFlow.Runtime.Documents;

namespace StepFlow.Service.StateMachines;

/// <summary>A published version: a revision that does not change.</summary>
internal sealed record VersionRecord
{
    public required long Number { get; init; }

    public required string Arn { get; init; }

    public required DateTimeOffset CreationDate { get; init; }

    public required MachineConfiguration Configuration { get; init; }

    public string? Description { get; init; }

    public JsonObject ToJson() => new JsonObjectBuilder(5)
        .Set("number", Number)
        .Set("arn", Arn)
        .Set("creationDate", CreationDate.ToWire())
        .Set("configuration", Configuration.ToJson())
        .SetIfPresent("description", Description)
        .Build();

    public static VersionRecord FromJson(JsonObject document) => new()
    {
        Number = (long)((JsonNumber)document["number"]!).ToDouble(),
        Arn = document.RequiredText("arn"),
        CreationDate = Instants.FromWire(document["creationDate"]!),
        Configuration = MachineConfiguration.FromJson((JsonObject)document["configuration"]!),
        Description = document.Text("description"),
    };
}
