using System.Text.Json;
using System.Text.Json.Nodes;

namespace StepFlow.Infra.Tests;

/// <summary>The ARM template of the whole installation: what Azure gets, compiled once for all tests.</summary>
internal static class ArmTemplate
{
    private static readonly Lazy<Task<IReadOnlyList<JsonObject>>> Compiled = new(CompileAsync);

    /// <summary>Every resource of every module, as ARM has it.</summary>
    public static Task<IReadOnlyList<JsonObject>> ResourcesAsync() => Compiled.Value;

    /// <summary>The resources of a type.</summary>
    public static async Task<IReadOnlyList<JsonObject>> ResourcesAsync(string type) =>
        [.. (await ResourcesAsync()).Where(resource => (string)resource["type"]! == type)];

    /// <summary>The one resource of a type: its properties.</summary>
    public static async Task<JsonObject> PropertiesAsync(string type) => (JsonObject)Assert.Single(await ResourcesAsync(type))["properties"]!;

    private static async Task<IReadOnlyList<JsonObject>> CompileAsync()
    {
        (string template, _) = await BicepCompiler.CompileAsync(Path.Combine(BicepFile.Root, "infra", "main.bicep"));
        return [.. Flatten((JsonObject)JsonNode.Parse(template, documentOptions: new JsonDocumentOptions { MaxDepth = 256 })!)];
    }

    private static IEnumerable<JsonObject> Flatten(JsonObject template)
    {
        IEnumerable<JsonNode?> resources = template["resources"] is JsonArray list ? list : ((JsonObject)template["resources"]!).Select(member => member.Value);
        foreach (JsonObject resource in resources.Cast<JsonObject>())
        {
            if ((string)resource["type"]! == "Microsoft.Resources/deployments")
            {
                foreach (JsonObject inner in Flatten((JsonObject)resource["properties"]!["template"]!))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return resource;
            }
        }
    }
}
