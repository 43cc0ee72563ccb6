using System.Security.Cryptography;
using System.Text;
using StepFlow.Integrations.Blobs;

namespace StepFlow.Integrations.Jobs;

/// <summary>
/// The inputs and results of functions whose jobs run on other machines: blobs named after the call's idempotency key. They stay
/// after they were read, because a call may be repeated; a lifecycle rule of the account deletes them.
/// </summary>
internal sealed class JobBlobs(IBlobStore blobs)
{
    /// <summary>Their container. Workflows cannot reach it.</summary>
    public const string Container = "stepflow-jobs";

    /// <summary>Bytes of a result: 6 MiB, as for other functions.</summary>
    public const int MaxBytes = 6 * 1024 * 1024;

    private volatile bool _isCreated;

    /// <summary>The path of a call's payload.</summary>
    public static string InputPath(string idempotencyKey) => $"{Container}/{Folder(idempotencyKey)}/input.json";

    /// <summary>The path of a call's result.</summary>
    public static string ResultPath(string idempotencyKey) => $"{Container}/{Folder(idempotencyKey)}/result.json";

    /// <summary>Creates the container unless it is there.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!_isCreated)
        {
            await blobs.CreateContainerAsync(Container, cancellationToken);
            _isCreated = true;
        }
    }

    /// <summary>Writes JSON.</summary>
    /// <exception cref="InvalidOperationException">The storage account refuses it.</exception>
    public async Task WriteAsync(string path, JsonValue value, CancellationToken cancellationToken)
    {
        (string container, string name) = Split(path);
        using var content = new MemoryStream(value.ToUtf8());
        BlobResult<BlobProperties> written = await blobs.PutAsync(container, name, content, new() { ContentType = "application/json" }, cancellationToken);
        if (!written.IsSuccess)
        {
            throw new InvalidOperationException($"The blob '{path}' cannot be written: {written.Failure}.");
        }
    }

    /// <summary>Reads JSON; null if the blob does not exist, or does not contain JSON.</summary>
    /// <exception cref="InvalidOperationException">The storage account refuses it, or it has more than <see cref="MaxBytes"/>.</exception>
    public async Task<JsonValue?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        (string container, string name) = Split(path);
        BlobResult<BlobContent> found = await blobs.OpenAsync(container, name, null, cancellationToken);
        if (found.Failure is BlobFailure.NoSuchBlob or BlobFailure.NoSuchContainer)
        {
            return null;
        }

        if (!found.IsSuccess)
        {
            throw new InvalidOperationException($"The blob '{path}' cannot be read: {found.Failure}.");
        }

        await using BlobContent content = found.Value;
        if (content.Properties.Length > MaxBytes)
        {
            throw new InvalidOperationException($"The blob '{path}' has {content.Properties.Length} bytes, but at most {MaxBytes} are allowed.");
        }

        using var text = new MemoryStream();
        await content.Stream.CopyToAsync(text, cancellationToken);
        return JsonValue.ParseOrNull(Encoding.UTF8.GetString(text.ToArray()));
    }

    private static (string Container, string Name) Split(string path) => path.Split('/', 2) is [var container, var name] ? (container, name) : throw new ArgumentException($"'{path}' is not CONTAINER/BLOB.", nameof(path));

    private static string Folder(string idempotencyKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)))[..32];
}
