using System.Collections.Frozen;

namespace StepFlow.Integrations.Aws;

/// <summary>A kind of job of a service of AWS: how its state is read, when it has ended, and how it is stopped. Members have the names of the service.</summary>
/// <param name="Start">The operation that starts it.</param>
/// <param name="Describe">The operation that returns its state.</param>
/// <param name="Stop">The operation that stops it.</param>
internal sealed record AwsJobKind(string Start, string Describe, string Stop)
{
    /// <summary>The request of <see cref="Describe"/>, made from the request that started the job and from the response; null if the response shows that it was not started.</summary>
    public required Func<JsonObject, JsonObject, JsonObject?> DescribeRequest { get; init; }

    /// <summary>The request of <see cref="Stop"/>, made from that of <see cref="Describe"/>.</summary>
    public required Func<JsonObject, JsonObject> StopRequest { get; init; }

    /// <summary>The job in the response of <see cref="Describe"/>; null if it is not in it yet.</summary>
    public required Func<JsonObject, JsonObject?> Job { get; init; }

    /// <summary>The member of the job with its status; <c>a.b</c> is a member of a member.</summary>
    public required string Status { get; init; }

    /// <summary>The statuses of a running job.</summary>
    public required FrozenSet<string> Running { get; init; }

    /// <summary>The status of a job that succeeded. All other statuses are failures.</summary>
    public required string Succeeded { get; init; }

    /// <summary>Whether a job with the status <see cref="Succeeded"/> was successful; null for always.</summary>
    public Func<JsonObject, bool>? DidWell { get; init; }

    /// <summary>The member that holds the job in the task's result; null where the job is the result.</summary>
    public string? ResultMember { get; init; }

    /// <summary>Whether a described job runs.</summary>
    public bool IsRunning(JsonObject job) => StatusOf(job) is not { } status || Running.Contains(status);

    /// <summary>Whether a job that has ended ended well.</summary>
    public bool IsSuccess(JsonObject job) => StatusOf(job) == Succeeded && DidWell?.Invoke(job) != false;

    private string? StatusOf(JsonObject job)
    {
        JsonValue? value = job;
        foreach (string member in Status.Split('.'))
        {
            value = (value as JsonObject)?[member];
        }

        return (value as JsonString)?.Value;
    }
}
