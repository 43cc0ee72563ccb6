using System.Collections.Frozen;

namespace StepFlow.Integrations.Aws;

/// <summary>A kind of job of a service of AWS: how it is asked for, when it has ended, and how it is stopped. Members are the service's own.</summary>
/// <param name="Start">The operation that starts it.</param>
/// <param name="Describe">The operation that says how it is.</param>
/// <param name="Stop">The operation that stops it.</param>
internal sealed record AwsJobKind(string Start, string Describe, string Stop)
{
    /// <summary>The request of <see cref="Describe"/>, made of the request that started it and of the answer; null where the answer says that it was not started.</summary>
    public required Func<JsonObject, JsonObject, JsonObject?> Ask { get; init; }

    /// <summary>The request of <see cref="Stop"/>, made of that of <see cref="Describe"/>.</summary>
    public required Func<JsonObject, JsonObject> StopRequest { get; init; }

    /// <summary>The job in the answer of <see cref="Describe"/>; null where it is not in it yet.</summary>
    public required Func<JsonObject, JsonObject?> Job { get; init; }

    /// <summary>The member of the job that says how it is; <c>a.b</c> is a member of a member.</summary>
    public required string Status { get; init; }

    /// <summary>What the status is while it runs.</summary>
    public required FrozenSet<string> Running { get; init; }

    /// <summary>What the status is when it ended well. Everything else is a failure.</summary>
    public required string Succeeded { get; init; }

    /// <summary>Whether a job with the status <see cref="Succeeded"/> did what it should; null for always.</summary>
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
