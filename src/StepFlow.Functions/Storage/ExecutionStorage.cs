using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using StepFlow.Functions.Orchestration;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Storage;

/// <summary>The containers that hold executions.</summary>
/// <param name="service">The storage account.</param>
/// <param name="prefix">What the containers' names begin with: empty but where several installations share an account.</param>
internal sealed class ExecutionStorage(BlobServiceClient service, string prefix = "")
{
    /// <summary>The container of documents.</summary>
    public const string Documents = "stepflow-documents";

    private readonly BlobContainerClient _answers = service.GetBlobContainerClient(prefix + "stepflow-answers");

    /// <summary>The records.</summary>
    public ExecutionRecords Records { get; } = new(service.GetBlobContainerClient(prefix + "stepflow-executions"));

    /// <summary>The index.</summary>
    public ExecutionIndex Index { get; } = new(service.GetBlobContainerClient(prefix + "stepflow-index"));

    /// <summary>The histories.</summary>
    public HistoryBlobs History { get; } = new(service.GetBlobContainerClient(prefix + "stepflow-history"));

    /// <summary>Large payloads.</summary>
    public PayloadStore Payloads { get; } = new(service.GetBlobContainerClient(prefix + "stepflow-payloads"));

    /// <summary>The containers' names, for whoever creates them.</summary>
    public static IReadOnlyList<string> Containers { get; } =
        [Documents, "stepflow-executions", "stepflow-index", "stepflow-history", "stepflow-payloads", "stepflow-answers"];

    /// <summary>A value as a payload that fits into a message.</summary>
    public async Task<Payload> KeepAsync(JsonValue value, CancellationToken cancellationToken)
    {
        if (PayloadCodec.TryInline(value, out byte[] stored) is { } inline)
        {
            return inline;
        }

        Payload reference = PayloadCodec.Reference(stored);
        await Payloads.WriteAsync(reference.Hash!, stored, cancellationToken);
        return reference;
    }

    /// <summary>The value of a payload.</summary>
    public async Task<JsonValue> ReadAsync(Payload payload, CancellationToken cancellationToken) =>
        PayloadCodec.TryRead(payload)
        ?? JsonValue.Parse(PayloadCodec.Decompress(await Payloads.ReadAsync(payload.Hash!, cancellationToken)));

    /// <summary>Claims the right to answer a task. False where somebody did before.</summary>
    public async Task<bool> ClaimAnswerAsync(string instanceId, string taskId, CancellationToken cancellationToken)
    {
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(instanceId + "/" + taskId)));
        try
        {
            await _answers.GetBlobClient(name).UploadAsync(
                BinaryData.FromString(string.Empty), new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } }, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }
}
