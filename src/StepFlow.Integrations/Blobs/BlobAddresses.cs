using System.Globalization;
using StepFlow.Integrations.Secrets;

namespace StepFlow.Integrations.Blobs;

/// <summary>Creates again the addresses that placeholders stand for.</summary>
internal sealed class BlobAddresses(WorkflowBlobs store) : IRemoteSecrets
{
    private const string Kind = "blob";
    private const string Name = "name";
    private const string Writes = "writes";
    private const string End = "end";
    private const string Identity = "identity";

    /// <summary>How an address is made again.</summary>
    public static JsonObject Reference(string bucket, string name, bool writes, DateTimeOffset end, string? identity)
    {
        JsonObject reference = JsonObject.Create(
            (Kind, bucket), (Name, name), (Writes, writes ? JsonValue.True : JsonValue.False), (End, end.ToString("O", CultureInfo.InvariantCulture)));
        return identity is null ? reference : reference.With(Identity, identity);
    }

    public async Task<string?> FindAsync(JsonObject reference, CancellationToken cancellationToken)
    {
        if (reference[Kind] is not JsonString bucket)
        {
            return null;
        }

        DateTimeOffset end = DateTimeOffset.Parse(((JsonString)reference[End]!).Value, CultureInfo.InvariantCulture);
        BlobResult<Uri> signed = await store.As((reference[Identity] as JsonString)?.Value).SignAsync(bucket.Value, ((JsonString)reference[Name]!).Value, reference[Writes] == JsonValue.True, end, cancellationToken);
        return signed.IsSuccess ? signed.Value.AbsoluteUri : null;
    }
}
