using StepFlow.Integrations.Http;

namespace StepFlow.Integrations.Rest;

/// <summary>A REST API that may be called.</summary>
/// <param name="Name">Its name in the settings.</param>
/// <param name="Options">How it is called.</param>
/// <param name="Connection">What authorises the calls; null for nothing.</param>
internal sealed record RestTarget(string Name, RestOptions Options, HttpConnection? Connection)
{
    /// <summary>Whether an address is this one or below it.</summary>
    public bool Covers(Uri url)
    {
        if (!Uri.TryCreate(Options.Url, UriKind.Absolute, out Uri? own) || !IsSameOrigin(own, url))
        {
            return false;
        }

        string path = own.AbsolutePath.TrimEnd('/');

        // Encoded dots could lead out of the path where the server decodes them.
        return (url.AbsolutePath == path || url.AbsolutePath.StartsWith(path + "/", StringComparison.Ordinal))
            && !url.AbsolutePath.Contains("%2e", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A URL below that of the target.</summary>
    public Uri Below(string path, JsonObject? query = null)
    {
        var own = new Uri(Options.Url!);
        return HttpRequestReader.WithQuery(new UriBuilder(own) { Path = own.AbsolutePath.TrimEnd('/') + path }.Uri, query);
    }

    /// <summary>Whether two addresses are of the same server: only there does what authorises a request belong.</summary>
    public static bool IsSameOrigin(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
