namespace StepFlow.Integrations.Jobs;

/// <summary>A named job: something that runs for long, apart from this process, and is found again after a restart.</summary>
internal interface IJob
{
    /// <summary>Its name in the settings.</summary>
    string Name { get; }

    /// <summary>The interval at which the state of a running job is read.</summary>
    TimeSpan Interval { get; }

    /// <summary>Whether it reads its input from a stream and writes its result into a file of this machine; else it gets its input in its environment.</summary>
    bool HasResultFile { get; }

    /// <summary>Starts the job, or finds the one that an earlier call with the same idempotency key started, also before a restart.</summary>
    Task<JobState> StartAsync(JobRequest request, CancellationToken cancellationToken);

    /// <summary>Looks at it.</summary>
    /// <param name="id">What <see cref="StartAsync"/> gave.</param>
    Task<JobState> ReadAsync(string id, CancellationToken cancellationToken);

    /// <summary>Stops the job that was started with an idempotency key, and prevents a later start with it. Does nothing if there is none.</summary>
    Task StopAsync(string idempotencyKey, CancellationToken cancellationToken);
}
