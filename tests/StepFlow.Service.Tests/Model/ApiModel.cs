using System.IO.Compression;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Service.Tests.Model;

/// <summary>The API model of Step Functions, as AWS publishes it with botocore.</summary>
internal sealed class ApiModel
{
    private static readonly Lazy<ApiModel> Instance = new(static () => new(Read()));

    private readonly JsonObject _model;

    private ApiModel(JsonObject model) => _model = model;

    public static ApiModel Load() => Instance.Value;

    public JsonObject Operations => (JsonObject)_model["operations"]!;

    public IEnumerable<string> OperationNames => Operations.Select(operation => operation.Key);

    public JsonObject Shape(string name) => (JsonObject)((JsonObject)_model["shapes"]!)[name]!;

    /// <summary>The shape of an operation's input or output.</summary>
    public JsonObject? ShapeOf(string operation, string direction) =>
        ((JsonObject)Operations[operation]!)[direction] is JsonObject reference ? Shape(Text(reference, "shape")!) : null;

    /// <summary>The errors that an operation may return.</summary>
    public IEnumerable<string> ErrorsOf(string operation) =>
        (((JsonObject)Operations[operation]!)["errors"] as JsonArray ?? JsonArray.Empty).Cast<JsonObject>().Select(error => Text(error, "shape")!);

    public static string? Text(JsonObject value, string name) => (value[name] as JsonString)?.Value;

    private static JsonObject Read()
    {
        using var unzipped = new GZipStream(File.OpenRead(AwsClients.ModelFile), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        unzipped.CopyTo(bytes);
        return (JsonObject)JsonValue.Parse(bytes.ToArray());
    }
}
