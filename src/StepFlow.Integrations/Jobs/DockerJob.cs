using System.Globalization;
using System.Net;
using System.Text;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace StepFlow.Integrations.Jobs;

/// <summary>
/// A container of a Docker engine (Docker Engine API: containers/create, start, json, logs, stop). Its name is computed from the
/// idempotency key. So a container is found again, and none is started twice. It continues when the server stops.
/// </summary>
internal sealed class DockerJob(string name, JobOptions options, DockerEngine engine, TimeProvider time) : IJob
{
    private const string Label = "stepflow.job";
    private const string Created = "created";
    private const string Exited = "exited";
    private const string Dead = "dead";
    private const int TailLines = 100;
    private const int TailCharacters = 4000;
    private const uint StopSeconds = 10;

    /// <summary>A container that has ended stays for so long: its task may be repeated.</summary>
    private static readonly TimeSpan RetentionTime = TimeSpan.FromDays(14);

    public string Name => name;

    public TimeSpan Interval => TimeSpan.FromSeconds(5);

    public bool HasResultFile => false;

    public async Task<JobState> StartAsync(JobRequest request, CancellationToken cancellationToken)
    {
        IContainerOperations containers = engine.Client.Containers;
        string container = ContainerName(request.Call.IdempotencyKey);
        await CreateAsync(container, request, cancellationToken);
        ContainerInspectResponse found = await containers.InspectContainerAsync(container, cancellationToken);

        // A container that has ended would run once more.
        if (StatusOf(found) == Created)
        {
            await containers.StartContainerAsync(container, new(), cancellationToken);
            await RemoveOldAsync(cancellationToken);
        }

        return await ReadAsync(container, cancellationToken);
    }

    public async Task<JobState> ReadAsync(string id, CancellationToken cancellationToken)
    {
        ContainerInspectResponse found;
        try
        {
            found = await engine.Client.Containers.InspectContainerAsync(id, cancellationToken);
        }
        catch (DockerContainerNotFoundException)
        {
            return new(id, JobPhase.Failed) { Reason = $"The container '{id}' was removed before its end was seen" };
        }

        string status = StatusOf(found);
        bool ended = status is Exited or Dead;
        int? code = ended ? (int)found.State!.ExitCode : null;
        return new(id, !ended ? JobPhase.Running : code == 0 && status == Exited ? JobPhase.Succeeded : JobPhase.Failed)
        {
            StartTime = Time(found.State?.StartedAt),
            EndTime = ended ? Time(found.State?.FinishedAt) : null,
            ExitCode = code,
            Reason = !ended || code == 0 ? null : found.State!.OOMKilled ? "The container ran out of memory" : JobErrors.Exited(code ?? -1),
            LogTail = ended ? await LogAsync(id, cancellationToken) : string.Empty,
        };
    }

    public async Task StopAsync(string idempotencyKey, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Client.Containers.StopContainerAsync(ContainerName(idempotencyKey), new() { WaitBeforeKillSeconds = StopSeconds }, cancellationToken);
        }
        catch (DockerContainerNotFoundException)
        {
            // It was never created.
        }
    }

    private static string ContainerName(string idempotencyKey) => "stepflow-" + RequestId.Derive(idempotencyKey, "container");

    private static string StatusOf(ContainerInspectResponse container) => container.State?.Status ?? string.Empty;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && time.Year > 1 ? time : null;

    /// <summary>Creates the container, unless an earlier call has created it.</summary>
    private async Task CreateAsync(string container, JobRequest request, CancellationToken cancellationToken)
    {
        Dictionary<string, string> environment = request.EnvironmentOver(options.Environment);
        environment[JobVariables.Input] = request.Call.Arguments.ToString();
        IReadOnlyList<string> arguments = request.ArgumentsOver(options.Arguments);
        var parameters = new CreateContainerParameters
        {
            Name = container,
            Image = options.Image!,
            Cmd = arguments.Count == 0 ? null! : [.. arguments],
            Env = [.. environment.Select(static pair => $"{pair.Key}={pair.Value}")],
            WorkingDir = options.WorkingDirectory!,
            Labels = new Dictionary<string, string> { [Label] = name },
        };
        try
        {
            await engine.Client.Containers.CreateContainerAsync(parameters, cancellationToken);
        }
        catch (DockerApiException refusal) when (refusal.StatusCode == HttpStatusCode.Conflict)
        {
            // An earlier call has created it.
        }
        catch (DockerApiException refusal) when (refusal.StatusCode == HttpStatusCode.NotFound)
        {
            // The image is not on this machine.
            await engine.Client.Images.CreateImageAsync(new() { FromImage = options.Image! }, new AuthConfig(), new Progress<JSONMessage>(), cancellationToken);
            await engine.Client.Containers.CreateContainerAsync(parameters, cancellationToken);
        }
    }

    private async Task<string> LogAsync(string id, CancellationToken cancellationToken)
    {
        var parameters = new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Tail = TailLines.ToString(CultureInfo.InvariantCulture) };
        using MultiplexedStream log = await engine.Client.Containers.GetContainerLogsAsync(id, parameters, cancellationToken);
        using var text = new MemoryStream();
        await log.CopyOutputToAsync(Stream.Null, text, text, cancellationToken);
        string whole = Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).Trim();
        return whole.Length > TailCharacters ? whole[^TailCharacters..] : whole;
    }

    private async Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        var filters = new Dictionary<string, IDictionary<string, bool>>
        {
            ["label"] = new Dictionary<string, bool> { [$"{Label}={name}"] = true },
            ["status"] = new Dictionary<string, bool> { [Exited] = true },
        };
        DateTimeOffset before = time.GetUtcNow() - RetentionTime;
        foreach (ContainerListResponse old in await engine.Client.Containers.ListContainersAsync(new() { All = true, Filters = filters }, cancellationToken))
        {
            if (old.Created < before.UtcDateTime)
            {
                await engine.Client.Containers.RemoveContainerAsync(old.ID, new(), cancellationToken);
            }
        }
    }
}
