using System.Text;

namespace StepFlow.Integrations.Blobs;

/// <summary>One call of an action on blobs.</summary>
internal sealed class BlobCall
{
    public BlobCall(BlobContext context, BlobDialect dialect, TaskCall call)
    {
        Context = context;
        Call = call;
        IsS3 = dialect == BlobDialect.S3;
        Arguments = new(call.Arguments);
        Bucket = Arguments.RequiredText(ContainerField);
    }

    public BlobContext Context { get; }

    public TaskCall Call { get; }

    public bool IsS3 { get; }

    public ArgumentReader Arguments { get; }

    public string Bucket { get; }

    /// <summary>The blobs that the task reaches.</summary>
    public WorkflowBlobs Store => Context.Store.For(Call);

    private string ContainerField => IsS3 ? "Bucket" : "Container";

    private string NameField => IsS3 ? "Key" : "Blob";

    /// <summary>The blob's name.</summary>
    public string ReadKey() => Arguments.RequiredText(NameField);

    /// <summary>The version of the blob that the call is about; null for the current one.</summary>
    public string? ReadVersion() => Arguments.Text(BlobErrors.VersionField);

    /// <summary>A body as it is stored: by S3's names always as JSON, a text with its quotes; by Azure's a text as it is. Nothing where none is given.</summary>
    public byte[] Bytes(JsonValue? body) => body is null ? [] : body is JsonString text && !IsS3 ? Encoding.UTF8.GetBytes(text.Value) : body.ToUtf8();

    /// <summary>The source of a copy, <c>CONTAINER/NAME</c> percent-encoded; null where it is refused.</summary>
    public BlobPath? ReadCopySource()
    {
        string[] source = Uri.UnescapeDataString(Arguments.RequiredText("CopySource")).TrimStart('/').Split('/', 2);
        if (source.Length < 2)
        {
            Arguments.Refuse(TaskErrors.InvalidArgument("CopySource", $"'{ContainerField}/{NameField}' of the source"));
            return null;
        }

        return new(source[0], source[1]);
    }

    /// <summary>The outcome of a request to the store.</summary>
    /// <param name="view">Makes the result.</param>
    public async Task<TaskOutcome> OutcomeAsync<T>(Task<BlobResult<T>> request, Func<T, JsonObject> view)
    {
        BlobResult<T> result = await request;
        return result.IsSuccess ? new TaskCompleted(view(result.Value)) : Fail(result.Failure);
    }

    /// <summary>The store refused.</summary>
    /// <param name="bucket">The bucket that it is about; null for the call's.</param>
    public TaskRejected Fail(BlobFailure failure, string? bucket = null) => Context.Refusals.Fail(this, failure, bucket ?? Bucket);
}
