using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Client;

namespace StepFlow.Reliability.Workloads;

/// <summary>Tags of a state machine that are set and taken away: what was acknowledged last is what stands.</summary>
internal sealed class Tags : IWorkload
{
    private const int Keys = 5;

    private readonly Dictionary<string, string> _tags = [];
    private string _machine = string.Empty;
    private int _changing;

    public string Name => "tags";

    public async Task PrepareAsync(WorkloadContext context) => _machine = await context.CreateMachineAsync(
        Name, """{"StartAt":"Done","States":{"Done":{"Type":"Succeed"}}}""");

    /// <summary>One change at a time: the order of two that overlap is not defined.</summary>
    public async Task StartOneAsync(WorkloadContext context, Random random)
    {
        string key = $"key{random.Next(Keys)}";
        string value = $"{random.Next()}";
        bool isRemoval = random.Next(4) == 0;
        if (Interlocked.Exchange(ref _changing, 1) == 1)
        {
            return;
        }

        try
        {
            if (isRemoval)
            {
                await context.CallAsync("UntagResource", new() { ["resourceArn"] = _machine, ["tagKeys"] = new JsonArray(key) });
                _tags.Remove(key);
            }
            else
            {
                await context.CallAsync(
                    "TagResource",
                    new() { ["resourceArn"] = _machine, ["tags"] = new JsonArray(new JsonObject { ["key"] = key, ["value"] = value }) });
                _tags[key] = value;
            }
        }
        finally
        {
            Volatile.Write(ref _changing, 0);
        }
    }

    public async Task<IReadOnlyList<Problem>> CheckAsync(WorkloadContext context, RecordReader reader)
    {
        JsonObject response = await context.CallAsync("ListTagsForResource", new() { ["resourceArn"] = _machine });
        string stands = string.Join(", ", ((JsonArray)response["tags"]!).Select(static tag => $"{tag!["key"]}={tag["value"]}").Order(StringComparer.Ordinal));
        string expected = string.Join(", ", _tags.Select(static tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
        return stands == expected ? [] : [new(Name, _machine, $"The tags are {stands}; acknowledged were {expected}.")];
    }
}
