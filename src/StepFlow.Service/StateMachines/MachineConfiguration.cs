using StepFlow.Runtime.Documents;

namespace StepFlow.Service.StateMachines;

/// <summary>The content of a revision of a state machine. A version stores it unchanged.</summary>
internal sealed record MachineConfiguration
{
    public required string Definition { get; init; }

    public required string RoleArn { get; init; }

    /// <summary>Changes with every revision; null for the first.</summary>
    public string? RevisionId { get; init; }

    public required DateTimeOffset UpdateDate { get; init; }

    public required JsonObject Logging { get; init; }

    public required JsonObject Tracing { get; init; }

    public JsonObject? Encryption { get; init; }

    /// <summary>The parts that are stored with an execution, besides the definition and the role.</summary>
    public JsonObject ForExecution() => new JsonObjectBuilder()
        .Set("updateDate", UpdateDate.ToWire())
        .SetIfPresent("revisionId", RevisionId)
        .Set("loggingConfiguration", Logging)
        .Set("tracingConfiguration", Tracing)
        .SetIfPresent("encryptionConfiguration", Encryption)
        .Build();

    /// <summary>Whether the other differs in anything that makes a revision.</summary>
    public bool SameContent(MachineConfiguration other) =>
        Definition == other.Definition && RoleArn == other.RoleArn && Logging.Equals(other.Logging) && Tracing.Equals(other.Tracing) && (Encryption as JsonValue) == other.Encryption;

    public JsonObject ToJson() => new JsonObjectBuilder(8)
        .Set("definition", Definition)
        .Set("roleArn", RoleArn)
        .SetIfPresent("revisionId", RevisionId)
        .Set("updateDate", UpdateDate.ToWire())
        .Set("logging", Logging)
        .Set("tracing", Tracing)
        .SetIfPresent("encryption", Encryption)
        .Build();

    public static MachineConfiguration FromJson(JsonObject document) => new()
    {
        Definition = document.RequiredText("definition"),
        RoleArn = document.RequiredText("roleArn"),
        RevisionId = document.Text("revisionId"),
        UpdateDate = Instants.FromWire(document["updateDate"]!),
        Logging = (JsonObject)document["logging"]!,
        Tracing = (JsonObject)document["tracing"]!,
        Encryption = document["encryption"] as JsonObject,
    };
}
