namespace StepFlow.Integrations.Jobs;

/// <summary>
/// What a named job runs: exactly one of <see cref="Command"/> and <see cref="ContainerAppsJob"/> is set. Settings:
/// <c>StepFlow:Jobs:NAME:…</c>.
/// </summary>
public sealed class JobOptions
{
    /// <summary>A program of this machine. It goes on when the server stops, and is found again when the server is back.</summary>
    public string? Command { get; set; }

    /// <summary>The program's arguments, unless the task gives others.</summary>
    public IList<string> Arguments { get; init; } = [];

    /// <summary>The program's working directory; null for the server's.</summary>
    public string? WorkingDirectory { get; set; }

    /// <summary>Environment variables for the program or the container.</summary>
    public IDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of environment variables of the server that the program sees too.</summary>
    public IList<string> InheritedEnvironment { get; init; } = [];

    /// <summary>The resource id of a job of Azure Container Apps: <c>/subscriptions/…/providers/Microsoft.App/jobs/NAME</c>.</summary>
    public string? ContainerAppsJob { get; set; }
}
