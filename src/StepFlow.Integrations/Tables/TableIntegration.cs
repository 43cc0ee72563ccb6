using System.IO.Hashing;

namespace StepFlow.Integrations.Tables;

/// <summary>The base of the table integrations: <c>dynamodb:ACTION</c> and <c>aws-sdk:dynamodb:ACTION</c> (DynamoDB API).</summary>
internal abstract class TableIntegration(TableContext context, bool sdk) : ITaskIntegration
{
    public string Name => (sdk ? "aws-sdk:dynamodb:" : "dynamodb:") + Action;

    protected abstract string Action { get; }

    /// <summary>The parameter that is checked before the table; null for none.</summary>
    protected internal virtual string? Required => null;

    /// <summary>The tables that a task reaches.</summary>
    protected ITableStore StoreFor(TableCall call) => context.StoreFor(call.Call);

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        (TableCall? read, TaskRejected? failure) = TableCall.Read(context, call, Required);
        return read is null ? failure! : await ExecuteAsync(read, cancellationToken);
    }

    protected abstract Task<TaskOutcome> ExecuteAsync(TableCall call, CancellationToken cancellationToken);

    protected TaskCompleted Response(TaskCall call, JsonObject response)
    {
        byte[] wire = response.ToUtf8();
        JsonObjectBuilder output = SdkMetadata.AddTo(
            new JsonObjectBuilder().SetAll(response.AsSpan()),
            call,
            context.Time.GetUtcNow(),
            SdkMetadata.Json10,
            wire.Length,
            ("Connection", "keep-alive"),
            ("Server", "Server"),
            ("x-amz-crc32", Crc32.HashToUInt32(wire).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return new(output.Build());
    }
}
