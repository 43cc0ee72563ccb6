namespace StepFlow.Functions.TaskHub;

/// <summary>What an instance of the app is started with as a program of its own.</summary>
public sealed record InstanceSettings
{
    /// <summary>The storage account.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The hub's name.</summary>
    public required string Hub { get; init; }

    /// <summary>What the names of the app's containers begin with.</summary>
    public required string Prefix { get; init; }

    /// <summary>The instance's name: each has its own.</summary>
    public required string WorkerId { get; init; }

    /// <summary>The file that gets a line for each call of a task: see <see cref="LoggedTasks"/>.</summary>
    public required string CallLog { get; init; }

    /// <summary>How long a message that was taken and not finished is hidden from others.</summary>
    public required TimeSpan Visibility { get; init; }
}
