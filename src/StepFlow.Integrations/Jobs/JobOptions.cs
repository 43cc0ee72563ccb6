namespace StepFlow.Integrations.Jobs;

/// <summary>
/// What a named job runs: exactly one of <see cref="Command"/>, <see cref="Image"/> and <see cref="ContainerAppsJob"/> is set. Settings:
/// <c>StepFlow:Jobs:NAME:…</c>.
/// </summary>
public sealed class JobOptions
{
    /// <summary>A program on this machine. It continues when the server stops, and the server finds it again after a restart.</summary>
    public string? Command { get; set; }

    /// <summary>The image of a container that a Docker engine runs. It is pulled if it is missing. The container continues when the server stops.</summary>
    public string? Image { get; set; }

    /// <summary>The arguments of the program or container, unless the task sets others.</summary>
    public IList<string> Arguments { get; init; } = [];

    /// <summary>The working directory of the program or in the container; null for the server's, or the image's.</summary>
    public string? WorkingDirectory { get; set; }

    /// <summary>Environment variables for the program or the container.</summary>
    public IDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of environment variables of the server that the program also sees.</summary>
    public IList<string> InheritedEnvironment { get; init; } = [];

    /// <summary>The resource id of a job of Azure Container Apps: <c>/subscriptions/…/providers/Microsoft.App/jobs/NAME</c>.</summary>
    public string? ContainerAppsJob { get; set; }
}
