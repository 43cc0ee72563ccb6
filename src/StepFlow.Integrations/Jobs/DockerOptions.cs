namespace StepFlow.Integrations.Jobs;

/// <summary>The Docker engine of jobs that are containers. Settings: <c>StepFlow:Docker:…</c>.</summary>
public sealed class DockerOptions
{
    /// <summary>
    /// The address of the engine: <c>unix:///var/run/docker.sock</c>, <c>npipe://./pipe/docker_engine</c>, or an http URL of
    /// this machine. By default the variable <c>DOCKER_HOST</c>, or the platform's default.
    /// </summary>
    public Uri? Endpoint { get; set; }
}
