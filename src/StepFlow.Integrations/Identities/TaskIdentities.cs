using System.Collections.Frozen;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Identities;

/// <summary>The identities of the settings, by the roles of <c>Credentials</c>.</summary>
internal sealed class TaskIdentities(IEnumerable<KeyValuePair<string, IdentityOptions>> options)
{
    private readonly FrozenDictionary<string, IdentityOptions> _identities = options.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The identity that a task's <c>Credentials</c> choose; null where they choose none.</summary>
    public IdentityOptions? Of(TaskCall call) =>
        (call.Credentials as JsonObject)?["RoleArn"] is JsonString { Value: var role } ? _identities.GetValueOrDefault(role[(role.LastIndexOf('/') + 1)..]) : null;
}
