using System.Collections.Frozen;

namespace StepFlow.Integrations.Identities;

/// <summary>The identities of the settings, by the roles of <c>Credentials</c>.</summary>
internal sealed class TaskIdentities(IEnumerable<KeyValuePair<string, IdentityOptions>> options)
{
    private readonly FrozenDictionary<string, IdentityOptions> _identities = options.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The identity that a task's <c>Credentials</c> choose; null where they choose none.</summary>
    public IdentityOptions? Of(TaskCall call) => Find(NameOf(call));

    /// <summary>The name of the identity that a task's <c>Credentials</c> choose; null where they choose none.</summary>
    public string? NameOf(TaskCall call) =>
        (call.Credentials as JsonObject)?["RoleArn"] is JsonString { Value: var role } && role[(role.LastIndexOf('/') + 1)..] is var name && _identities.ContainsKey(name) ? name : null;

    public IdentityOptions? Find(string? name) => name is null ? null : _identities.GetValueOrDefault(name);
}
