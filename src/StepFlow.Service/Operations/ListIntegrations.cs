using StepFlow.Language;
using StepFlow.Language.Catalogue;

namespace StepFlow.Service.Operations;

/// <summary>
/// Lists the integrations that Resources can name on this host, with their parameters, for editors. Only StepFlow has this operation.
/// Resources that the settings map by a pattern are not listed.
/// </summary>
internal sealed class ListIntegrations(ServiceOptions options) : Operation(OperationAccess.Read)
{
    public override bool IsRestOnly => true;

    public override Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken) =>
        Task.FromResult(JsonObject.Create(("integrations", JsonArray.From(options.Integrations.Listed.Select(View)))));

    /// <summary>The parameters are left out where they are not known.</summary>
    private static JsonValue View(IntegrationAction action) => new JsonObjectBuilder()
        .Set("name", action.Name)
        .Set("suffixes", JsonArray.From(action.Patterns.Select(static pattern => (JsonValue)TaskResource.SuffixOf(pattern))))
        .Set("required", Names(action.Required))
        .SetIfPresent("optional", action.Optional is { } optional ? Names(optional) : null)
        .Build();

    private static JsonArray Names(IEnumerable<string> names) => JsonArray.From(names.Select(static name => (JsonValue)name));
}
