namespace StepFlow.Integrations.Jobs;

/// <summary>A named job: something that runs for long, apart from this process, and is found again after a restart.</summary>
internal interface IJob
{
    /// <summary>Its name in the settings.</summary>
    string Name { get; }

    /// <summary>How long to wait between two looks at a job that runs.</summary>
    TimeSpan Interval { get; }

    /// <summary>Whether it reads its input from a stream and writes its result into a file of this machine; else it gets its input in its environment.</summary>
    bool HasResultFile { get; }

    /// <summary>Starts it; or finds what an earlier call with the same idempotency key started, also before a restart.</summary>
    Task<JobState> StartAsync(JobRequest request, CancellationToken cancellationToken);

    /// <summary>Looks at it.</summary>
    /// <param name="id">What <see cref="StartAsync"/> gave.</param>
    Task<JobState> ReadAsync(string id, CancellationToken cancellationToken);

    /// <summary>Stops what was started with an idempotency key, and sees to it that it is not started later. Where nothing was, nothing happens.</summary>
    Task StopAsync(string idempotencyKey, CancellationToken cancellationToken);
}
