using System.Collections.Concurrent;
using StepFlow.Integrations.Aws;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Identities;
using StepFlow.Language;

namespace StepFlow.Integrations.Resources;

/// <summary>Makes handlers from the entries of the map. Every target that accepts JSON and returns JSON is a function.</summary>
internal sealed class ResourceFunctions(
    ResourceMap map, FunctionCatalog catalog, FunctionFactory factory, AwsAccounts accounts, TaskIdentities identities, AwsClient client) : IFunctionSource
{
    private readonly ConcurrentDictionary<(ResourceEntry Entry, string Resource), IFunctionHandler?> _made = new();

    public IFunctionHandler? Find(string arn)
    {
        TaskResource resource = TaskResource.Parse(arn);
        return map.Find(resource) is { } entry ? Make(entry, resource) : null;
    }

    /// <summary>The handler of an entry for a Resource; null if it names a function that does not exist.</summary>
    public IFunctionHandler? Make(ResourceEntry entry, TaskResource resource) => _made.GetOrAdd((entry, ResourceMap.WithoutPattern(resource)), _ =>
    {
        ResourceParts parts = ResourceParts.Of(resource);
        string name = parts.Name;
        return entry switch
        {
            { Mock: { } result } => new MockFunction(name, result),
            { Url: { } url } => factory.Create(name, new() { Url = new(parts.Fill(url, Uri.EscapeDataString)) }),
            { Command: { } command } => factory.Create(name, new()
            {
                Command = parts.Fill(command, static part => part),
                Arguments = [.. entry.Arguments.Select(argument => parts.Fill(argument, static part => part))],
            }),
            { Aws: { } account } => accounts.Find(account) is { } found
                ? new AwsFunction(name, call => identities.Of(call)?.Aws is { } other ? accounts.Find(other) ?? found : found, client)
                : null,
            { Function: { } function } => catalog.Find(FunctionName.Parse(parts.Fill(function, static part => part))),
            _ => null,
        };
    });
}
