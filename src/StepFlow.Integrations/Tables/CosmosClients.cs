using Azure.Core;
using Microsoft.Azure.Cosmos;

namespace StepFlow.Integrations.Tables;

/// <summary>Makes clients of the accounts of the settings.</summary>
internal static class CosmosClients
{
    /// <summary>A client of the account.</summary>
    /// <param name="options">The account.</param>
    /// <param name="credential">What signs in, where there is no connection string.</param>
    public static CosmosClient CreateClient(this CosmosOptions options, TokenCredential credential)
    {
        // Documents pass as text: they are made and read with the project's own JSON.
        var clientOptions = new CosmosClientOptions
        {
            ApplicationName = "StepFlow",
            EnableContentResponseOnWrite = false,
            ConnectionMode = options.Gateway ? ConnectionMode.Gateway : ConnectionMode.Direct,
        };
        return options.ConnectionString is { } connection
            ? new CosmosClient(connection, clientOptions)
            : new CosmosClient(options.Endpoint!.ToString(), credential, clientOptions);
    }
}
