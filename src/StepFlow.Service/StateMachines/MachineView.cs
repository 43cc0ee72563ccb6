using StepFlow.Language.Loading;
using StepFlow.Runtime.Documents;

namespace StepFlow.Service.StateMachines;

/// <summary>State machines as responses show them.</summary>
internal static class MachineView
{
    /// <summary>The definition in a response with only metadata (API reference, DescribeStateMachine).</summary>
    private const string NoDefinition = "{}";

    /// <summary>The response of DescribeStateMachine.</summary>
    /// <param name="version">The version to describe; null for the current revision.</param>
    /// <param name="withData">Whether the definition is shown.</param>
    public static JsonObject Describe(MachineRecord machine, VersionRecord? version, bool withData)
    {
        MachineConfiguration configuration = version?.Configuration ?? machine.Current;
        return new JsonObjectBuilder(12)
            .Set("stateMachineArn", version?.Arn ?? machine.Arn)
            .Set("name", machine.Name)
            .Set("status", machine.IsDeleting ? "DELETING" : "ACTIVE")
            .Set("definition", withData ? configuration.Definition : NoDefinition)
            .Set("roleArn", configuration.RoleArn)
            .Set("type", machine.TypeName)
            .Set("creationDate", (version?.CreationDate ?? machine.CreationDate).ToWire())
            .Set("loggingConfiguration", configuration.Logging)
            .Set("tracingConfiguration", configuration.Tracing)
            .SetIfPresent("revisionId", configuration.RevisionId)
            .SetIfPresent("description", version?.Description)
            .SetIfPresent("variableReferences", withData ? Variables(configuration.Definition) : null)
            .Set("encryptionConfiguration", configuration.Encryption ?? MachineSettings.OwnedKey)
            .Build();
    }

    /// <summary>The response of DescribeStateMachineForExecution.</summary>
    public static JsonObject ForExecution(ExecutionRecord execution, bool withData)
    {
        JsonObject configuration = execution.Request.Configuration;
        string name = execution.Start.StateMachineName;
        int label = name.IndexOf('/', StringComparison.Ordinal);
        return new JsonObjectBuilder(10)
            .Set("stateMachineArn", execution.Start.StateMachineArn)
            .Set("name", label < 0 ? name : name[..label])
            .Set("definition", withData ? execution.Definition : NoDefinition)
            .SetIfPresent("variableReferences", withData ? Variables(execution.Definition) : null)
            .Set("roleArn", execution.Start.RoleArn)
            .Set("updateDate", configuration["updateDate"] ?? execution.Start.StartTime.ToWire())
            .SetIfPresent("loggingConfiguration", configuration["loggingConfiguration"])
            .SetIfPresent("tracingConfiguration", configuration["tracingConfiguration"])
            .SetIfPresent("mapRunArn", execution.Start.MapRunArn)
            .SetIfPresent("label", label < 0 ? null : (JsonValue)name[(label + 1)..])
            .SetIfPresent("revisionId", configuration["revisionId"])
            .Set("encryptionConfiguration", configuration["encryptionConfiguration"] ?? MachineSettings.OwnedKey)
            .Build();
    }

    /// <summary>The variables by state; null if the state machine reads none, because then Step Functions leaves the member out.</summary>
    private static JsonObject? Variables(string definition)
    {
        var states = new JsonObjectBuilder();
        foreach ((string state, IReadOnlyList<string> variables) in VariableReferences.Of(JsonValue.ParseOrNull(definition) ?? JsonValue.Null))
        {
            states.Set(state, JsonArray.From(variables.Select(variable => (JsonValue)variable)));
        }

        return states.Count == 0 ? null : states.Build();
    }
}
