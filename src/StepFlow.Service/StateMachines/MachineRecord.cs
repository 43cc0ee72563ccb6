using StepFlow.Language;
using StepFlow.Runtime.Documents;

namespace StepFlow.Service.StateMachines;

/// <summary>A state machine as it is stored.</summary>
internal sealed record MachineRecord
{
    public required string Name { get; init; }

    public required string Arn { get; init; }

    public required StateMachineType Type { get; init; }

    public required DateTimeOffset CreationDate { get; init; }

    public required MachineConfiguration Current { get; init; }

    /// <summary>Whether DeleteStateMachine was called and executions still run.</summary>
    public bool IsDeleting { get; init; }

    /// <summary>The number that the next version gets; numbers are not used twice.</summary>
    public long NextVersion { get; init; } = 1;

    /// <summary>The newest version; null if there is none.</summary>
    public long? LatestVersion { get; init; }

    /// <summary>The tags: an object of keys and values.</summary>
    public JsonObject Tags { get; init; } = JsonObject.Empty;

    public string TypeName => MachineTypes.Name(Type);

    public JsonObject ToJson() => new JsonObjectBuilder(10)
        .Set("name", Name)
        .Set("arn", Arn)
        .Set("type", TypeName)
        .Set("creationDate", CreationDate.ToWire())
        .Set("current", Current.ToJson())
        .Set("deleting", IsDeleting)
        .Set("nextVersion", NextVersion)
        .SetIfPresent("latestVersion", LatestVersion)
        .Set("tags", Tags)
        .Build();

    public static MachineRecord FromJson(JsonObject document) => new()
    {
        Name = document.RequiredText("name"),
        Arn = document.RequiredText("arn"),
        Type = MachineTypes.Parse(document.RequiredText("type")),
        CreationDate = Instants.FromWire(document["creationDate"]!),
        Current = MachineConfiguration.FromJson((JsonObject)document["current"]!),
        IsDeleting = document["deleting"] is JsonBoolean { Value: true },
        NextVersion = (long)((JsonNumber)document["nextVersion"]!).ToDouble(),
        LatestVersion = document["latestVersion"] is JsonNumber latest ? (long)latest.ToDouble() : null,
        Tags = (JsonObject)document["tags"]!,
    };
}
