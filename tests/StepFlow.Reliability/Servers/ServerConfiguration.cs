using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Servers;

/// <summary>The configuration file of the server under test.</summary>
internal static class ServerConfiguration
{
    /// <summary>Where the counters of the table workload are.</summary>
    public const string Table = "counters";

    /// <summary>Creates it.</summary>
    /// <param name="tasks">Where the functions are.</param>
    /// <param name="storage">How the storage account is reached; null for none.</param>
    public static JsonObject Create(Uri tasks, string? storage)
    {
        var configuration = new JsonObject
        {
            ["Functions"] = new JsonObject
            {
                ["work"] = new JsonObject { ["Url"] = new Uri(tasks, "work").ToString() },
                ["token"] = new JsonObject { ["Url"] = new Uri(tasks, "token").ToString() },
            },
            ["Tables"] = new JsonObject { [Table] = new JsonObject { ["PartitionKey"] = "id" } },
        };
        if (storage is not null)
        {
            configuration["Storage"] = new JsonObject { ["ConnectionString"] = storage };
        }

        return configuration;
    }
}
