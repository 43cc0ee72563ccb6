using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace StepFlow.Functions.Tests.Counts;

/// <summary>Records the requests that a client of blobs sends (the method and the container), and how many bytes it downloads.</summary>
internal sealed class CountedBlobs : HttpPipelineSynchronousPolicy
{
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly AsyncLocal<ConcurrentQueue<string>?> _own = new();
    private long _downloaded;

    /// <summary>The requests so far, in their order.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>The bytes that were downloaded.</summary>
    public long DownloadedBytes => Interlocked.Read(ref _downloaded);

    /// <summary>A client whose requests are recorded.</summary>
    public BlobServiceClient Open(string connectionString)
    {
        var options = new BlobClientOptions();
        options.AddPolicy(this, HttpPipelinePosition.PerCall);
        return new(connectionString, options);
    }

    /// <summary>Begins to record the requests of the calling method and of what it calls, without those of work that runs beside it.</summary>
    public IReadOnlyCollection<string> RecordOwn() => _own.Value = [];

    public override void OnReceivedResponse(HttpMessage message)
    {
        if (message.Request.Method == RequestMethod.Get)
        {
            Interlocked.Add(ref _downloaded, message.Response.Headers.ContentLengthLong ?? 0);
        }
    }

    public override void OnSendingRequest(HttpMessage message)
    {
        // The path of the emulator begins with the account.
        string[] path = message.Request.Uri.ToUri().AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string container = path.Length > 1 ? path[1] : string.Empty;
        string request = $"{message.Request.Method} {container[(container.IndexOf("stepflow-", StringComparison.Ordinal) + "stepflow-".Length)..]}";
        _requests.Enqueue(request);
        _own.Value?.Enqueue(request);
    }
}
