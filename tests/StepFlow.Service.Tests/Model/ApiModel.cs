using StepFlow.Language.Json;

namespace StepFlow.Service.Tests.Model;

/// <summary>The API model of Step Functions, as AWS publishes it.</summary>
internal sealed class ApiModel
{
    private static readonly Lazy<ApiModel> Instance = new(() => new((JsonObject)JsonValue.Parse(File.ReadAllBytes(FindFile()))));

    private readonly JsonObject _model;

    private ApiModel(JsonObject model) => _model = model;

    public static ApiModel Load() => Instance.Value;

    public JsonObject Operations => (JsonObject)_model["operations"]!;

    public IEnumerable<string> OperationNames => Operations.Select(operation => operation.Key);

    public JsonObject Shape(string name) => (JsonObject)((JsonObject)_model["shapes"]!)[name]!;

    /// <summary>The shape of an operation's input or output.</summary>
    public JsonObject? ShapeOf(string operation, string direction) =>
        ((JsonObject)Operations[operation]!)[direction] is JsonObject reference ? Shape(Text(reference, "shape")!) : null;

    /// <summary>The errors that an operation may answer.</summary>
    public IEnumerable<string> ErrorsOf(string operation) =>
        (((JsonObject)Operations[operation]!)["errors"] as JsonArray ?? JsonArray.Empty).Cast<JsonObject>().Select(error => Text(error, "shape")!);

    public static string? Text(JsonObject value, string name) => (value[name] as JsonString)?.Value;

    /// <summary>The shared data lie beside the repository, or where STEPFLOW_CORPUS says.</summary>
    private static string FindFile()
    {
        const string Relative = "aws/sfn-api-model.json";
        if (Environment.GetEnvironmentVariable("STEPFLOW_CORPUS") is { Length: > 0 } corpus)
        {
            return Path.GetFullPath(Path.Combine(corpus, "..", Relative));
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", Relative);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new FileNotFoundException($"The API model is not there: set STEPFLOW_CORPUS to the folder 'conformance' beside {Relative}.");
    }
}
