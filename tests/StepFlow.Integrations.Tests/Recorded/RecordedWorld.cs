using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Executions;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Messages;
using StepFlow.Integrations.Tables;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Recorded;

/// <summary>What a recorded case found on AWS, behind the ports of the integrations.</summary>
internal sealed class RecordedWorld : INotificationSender, IExecutionStarter
{
    private readonly HashSet<MessageDestination> _destinations = [];
    private readonly List<(string Setting, string Value)> _settings = [("ExplainMissing", "false")];
    private readonly List<IFunctionHandler> _functions = [];
    private readonly RecordedBlobs _blobs;

    public RecordedWorld(JsonObject recorded, JsonObject handlers)
    {
        foreach (JsonObject resource in ((JsonArray?)recorded["resources"] ?? JsonArray.Empty).OfType<JsonObject>())
        {
            Add(resource, handlers);
        }

        _blobs = new(recorded["setup"] as JsonArray ?? JsonArray.Empty);
    }

    public TestIntegrations Integrate() => new(_settings, services =>
    {
        services.AddSingleton<INotificationSender>(this).AddSingleton<IExecutionStarter>(this).AddSingleton<IBlobStore>(_blobs);
        services.AddSingleton<ITableStore>(new MemoryTableStore());
        _functions.ForEach(function => services.AddSingleton(function));
    });

    public Task<SentMessage?> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        bool there = message.Destination == MessageDestination.EventBus || _destinations.Contains(message.Destination);
        string? sequence = message.Name.EndsWith(".fifo", StringComparison.Ordinal) ? "10000000000000003000" : null;
        return Task.FromResult(there ? new SentMessage("00000000-0000-4000-8000-000000000000", sequence) : null);
    }

    public Task<StartResult> StartAsync(StartRequest request, CancellationToken cancellationToken) => Task.FromResult<StartResult>(
        request.StateMachineArn.Contains("random_arn_part", StringComparison.Ordinal)
            ? new StartRefused("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{request.StateMachineArn}'")
            : new Started(request.StateMachineArn.Replace("stateMachine", "execution", StringComparison.Ordinal) + ":" + request.Name, DateTimeOffset.UnixEpoch));

    private void Add(JsonObject resource, JsonObject handlers)
    {
        string[] names = [.. new[] { Text(resource, "placeholder"), Text(resource, "name"), Text(resource, "kind") == "dynamodb-table" ? "<test-table>" : null }.OfType<string>()];
        switch (Text(resource, "kind"))
        {
            case "sqs-queue":
                _destinations.Add(MessageDestination.Queue);
                break;
            case "sns-topic":
                _destinations.Add(MessageDestination.Topic);
                break;
            case "dynamodb-table":
                _settings.AddRange(names.Select(name => ($"Tables:{name}:PartitionKey", Text(resource, "partitionKey")!)));
                break;
            case "lambda" when handlers[Text(resource, "handler")!] is JsonObject handler:
                _functions.AddRange(names.Select(name => new RecordedFunction(name, (JsonObject)handler["emulate"]!)));
                break;
        }
    }

    private static string? Text(JsonObject value, string name) => value[name] is JsonString text ? text.Value : null;

    /// <summary>Does what a recorded function did, according to the corpus.</summary>
    private sealed class RecordedFunction(string name, JsonObject emulate) : IFunctionHandler
    {
        public string Name => name;

        public Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken) => Task.FromResult<FunctionResult>(Text(emulate, "kind") switch
        {
            "return" => new FunctionSucceeded(emulate["value"]!),
            "raw-payload" => new FunctionSucceeded(JsonValue.Parse(Text(emulate, "payload")!)),
            "error" => new FunctionFailed(Text(emulate, "errorType")!, Text(emulate, "errorMessage")!) { StackTrace = ["line"] },
            _ => new FunctionSucceeded(call.Payload),
        });
    }

    /// <summary>The objects that a case put before it began.</summary>
    private sealed class RecordedBlobs(JsonArray setup) : IBlobStore
    {
        public Task<BlobResult<BlobContent>> OpenAsync(string container, string name, BlobSlice? slice, CancellationToken cancellationToken)
        {
            JsonObject? put = setup.OfType<JsonObject>().FirstOrDefault(call => Text(call, "op") == "s3.put_object" && Text((JsonObject)call["args"]!, "Key") == name);
            if (put is null)
            {
                return Task.FromResult<BlobResult<BlobContent>>(BlobFailure.NoSuchContainer);
            }

            // Bytes are written as Python writes them: b'…'.
            string body = Text((JsonObject)put["args"]!, "Body") ?? string.Empty;
            int quote = body.IndexOf('\'', StringComparison.Ordinal);
            string content = body.StartsWith('b') && quote >= 0 ? body[(quote + 1)..body.LastIndexOf('\'')] : body;
            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(content);
#pragma warning disable CA5351 // The ETag of an S3 object is its MD5.
            string etag = Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
            var properties = new BlobProperties(name, bytes.Length, etag, DateTimeOffset.UnixEpoch, "binary/octet-stream", new Dictionary<string, string>());
            return Task.FromResult<BlobResult<BlobContent>>(new BlobContent(properties, new MemoryStream(bytes)));
        }

        public Task<BlobResult<BlobProperties>> FindAsync(string container, string name, string? version, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BlobResult<BlobProperties>> PutAsync(string container, string name, Stream content, BlobPut put, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BlobResult<bool>> PutBlockAsync(string container, string name, string block, Stream content, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BlobResult<BlobProperties>> CommitBlocksAsync(string container, string name, IReadOnlyList<string> blocks, BlobPut put, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BlobResult<BlobProperties>> CopyAsync(BlobPath source, BlobPath target, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BlobResult<bool>> DeleteAsync(string container, string name, string? version, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BlobResult<IReadOnlyDictionary<string, string>>> FindTagsAsync(string container, string name, string? version, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BlobResult<bool>> PutTagsAsync(string container, string name, string? version, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BlobResult<Uri>> SignAsync(string container, string name, bool writes, DateTimeOffset end, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BlobResult<BlobPage>> ListAsync(string container, BlobQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task CreateContainerAsync(string container, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
