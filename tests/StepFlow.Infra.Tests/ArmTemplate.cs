using System.Text.Json;
using System.Text.Json.Nodes;

namespace StepFlow.Infra.Tests;

/// <summary>The ARM template of the whole installation: what Azure gets, compiled once for all tests.</summary>
internal static class ArmTemplate
{
    private const string Deployment = "Microsoft.Resources/deployments";
    private static readonly Lazy<Task<JsonObject>> Compiled = new(CompileAsync);

    /// <summary>Every resource of every module, as ARM has it.</summary>
    public static async Task<IReadOnlyList<JsonObject>> ResourcesAsync() =>
        [.. Resources(await Compiled.Value).Where(resource => (string)resource["type"]! != Deployment)];

    /// <summary>What a module is given, by parameter.</summary>
    /// <param name="name">The name of the module's deployment.</param>
    public static async Task<JsonObject> ModuleAsync(string name) => (JsonObject)Resources(await Compiled.Value)
        .Single(resource => (string)resource["type"]! == Deployment && (string)resource["name"]! == name)["properties"]!["parameters"]!;

    /// <summary>The resources of a type.</summary>
    public static async Task<IReadOnlyList<JsonObject>> ResourcesAsync(string type) =>
        [.. (await ResourcesAsync()).Where(resource => (string)resource["type"]! == type)];

    /// <summary>The one resource of a type: its properties.</summary>
    public static async Task<JsonObject> PropertiesAsync(string type) => (JsonObject)Assert.Single(await ResourcesAsync(type))["properties"]!;

    private static async Task<JsonObject> CompileAsync()
    {
        (string template, _) = await BicepCompiler.CompileAsync(Path.Combine(BicepFile.Root, "infra", "main.bicep"));
        return (JsonObject)JsonNode.Parse(template, documentOptions: new JsonDocumentOptions { MaxDepth = 256 })!;
    }

    /// <summary>The resources of a template and of its modules; a module is a resource too.</summary>
    private static IEnumerable<JsonObject> Resources(JsonObject template)
    {
        IEnumerable<JsonNode?> resources = template["resources"] is JsonArray list ? list : ((JsonObject)template["resources"]!).Select(member => member.Value);
        foreach (JsonObject resource in resources.Cast<JsonObject>())
        {
            yield return resource;
            if ((string)resource["type"]! == Deployment)
            {
                foreach (JsonObject inner in Resources((JsonObject)resource["properties"]!["template"]!))
                {
                    yield return inner;
                }
            }
        }
    }
}
