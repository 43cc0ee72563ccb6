using Azure.Core;
using Microsoft.Azure.Cosmos;

namespace StepFlow.Integrations.Tables;

/// <summary>Makes clients of the accounts of the settings.</summary>
internal static class CosmosClients
{
    /// <summary>A client of the account.</summary>
    /// <param name="options">The account.</param>
    /// <param name="credential">The credential, if there is no connection string.</param>
    public static CosmosClient CreateClient(this CosmosOptions options, TokenCredential credential)
    {
        // Documents are passed as text, because the project has its own JSON values.
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
