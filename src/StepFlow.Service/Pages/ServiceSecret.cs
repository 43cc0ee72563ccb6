using System.Security.Cryptography;

namespace StepFlow.Service.Pages;

/// <summary>A random key of this service, generated once and stored with its documents.</summary>
internal sealed class ServiceSecret(IDocumentStore documents)
{
    private const string Collection = "secrets";
    private const string Key = "page-tokens";
    private const int Length = 32;

    private byte[]? _value;

    /// <summary>The key: 32 bytes.</summary>
    public async ValueTask<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        if (_value is { } known)
        {
            return known;
        }

        while (true)
        {
            if (await documents.FindAsync(Collection, Key, cancellationToken) is { Value: JsonString { Value: var text } })
            {
                return _value = Convert.FromBase64String(text);
            }

            // Two servers can start at the same time. The second one reads the key that the first one wrote.
            string drawn = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));
            await documents.WriteAsync(Collection, Key, drawn, null, cancellationToken);
        }
    }
}
