namespace StepFlow.Integrations.Jobs;

/// <summary>The Docker engine of jobs that are containers. Settings: <c>StepFlow:Docker:…</c>.</summary>
public sealed class DockerOptions
{
    /// <summary>
    /// Where it is: <c>unix:///var/run/docker.sock</c>, <c>npipe://./pipe/docker_engine</c>, or an http URL of this machine. By default
    /// that of the variable <c>DOCKER_HOST</c>, else the platform's own.
    /// </summary>
    public Uri? Endpoint { get; set; }
}
