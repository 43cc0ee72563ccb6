using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Servers;

/// <summary>The configuration file of the server under test.</summary>
internal static class ServerConfiguration
{
    /// <summary>Where the counters of the table workload are.</summary>
    public const string Table = "counters";

    public static JsonObject Create(Uri tasks) => new()
    {
        ["Functions"] = new JsonObject
        {
            ["work"] = new JsonObject { ["Url"] = new Uri(tasks, "work").ToString() },
            ["token"] = new JsonObject { ["Url"] = new Uri(tasks, "token").ToString() },
        },
        ["Tables"] = new JsonObject { [Table] = new JsonObject { ["PartitionKey"] = "id" } },
    };
}
