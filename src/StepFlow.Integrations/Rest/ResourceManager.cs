using Azure.Core;
using StepFlow.Integrations.Http;

namespace StepFlow.Integrations.Rest;

/// <summary>Azure Resource Manager as a REST target. Its calls are authorised by the host's identity.</summary>
internal sealed class ResourceManager(AzureOptions azure, IHttpClientFactory http, TokenCredential credential, TimeProvider time)
{
    /// <summary>Its URL, without a slash at the end.</summary>
    public string Url { get; } = azure.ManagementUrl.AbsoluteUri.TrimEnd('/');

    /// <summary>It as a target.</summary>
    /// <param name="name">The name that messages show.</param>
    public RestTarget Target(string name)
    {
        var connection = new HttpConnectionOptions { Authorization = HttpAuthorization.ManagedIdentity, Scope = Url + "/.default" };
        return new(name, new() { Url = Url }, new(connection, http, credential, time));
    }
}
