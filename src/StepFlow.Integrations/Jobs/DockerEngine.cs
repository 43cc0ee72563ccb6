using Docker.DotNet;

namespace StepFlow.Integrations.Jobs;

/// <summary>The Docker engine that runs containers of jobs; connected to when the first one is started.</summary>
internal sealed class DockerEngine(DockerOptions options) : IDisposable
{
    private readonly Lazy<DockerClient> _client = new(() => options.Endpoint is { } endpoint ? new DockerClientBuilder().WithEndpoint(endpoint).Build() : new DockerClientBuilder().Build());

    public DockerClient Client => _client.Value;

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }
}
