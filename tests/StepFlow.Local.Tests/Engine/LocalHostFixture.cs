using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Hosting.Compliance;
using StepFlow.Local.Engine;
using StepFlow.Local.Journal;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Mocks;
using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Engine;

/// <summary>The local host on a folder of its own.</summary>
internal sealed class LocalHostFixture : HostFixture
{
    private readonly TemporaryFolder _folder = new();
    private LocalHost? _host;

    public override IExecutionHost Host => Local;

    public override IActivityQueue Activities => Local.Activities;

    public LocalHost Local => _host ?? throw new InvalidOperationException("Not started.");

    public string Folder => _folder.Path;

    public int SnapshotInterval { get; init; } = 5;

    public int MaxConcurrentTasks { get; init; } = 100;

    public int PayloadThreshold { get; init; } = 256;

    public IExecutionObserver? Observer { get; init; }

    public IObjectStore? Objects { get; init; }

    public Func<string, MapRunSettings, MapRunControl>? MapRunControl { get; init; }

    /// <summary>The host's clock, if it is not <see cref="HostFixture.Clock"/>.</summary>
    public TimeProvider? Time { get; init; }

    public override Task StartAsync()
    {
        Open(null);
        return Task.CompletedTask;
    }

    /// <summary>Moves the clock until something has ended: what runs in between needs real time.</summary>
    public async Task MoveUntilAsync(Task end, TimeSpan step)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        while (!end.IsCompleted)
        {
            await Task.WhenAny(end, Task.Delay(10, cancellation));
            cancellation.ThrowIfCancellationRequested();
            Clock.Advance(step);
        }
    }

    /// <summary>Opens the host on the folder.</summary>
    public LocalHost Open(IJournalProbe? probe)
    {
        _host = LocalHost.Open(
            new LocalHostOptions
            {
                Journal = new() { Folder = _folder.Path, PayloadThreshold = PayloadThreshold, Probe = probe },
                SnapshotInterval = SnapshotInterval,
                MaxConcurrentTasks = MaxConcurrentTasks,
                ShutdownGrace = TimeSpan.FromSeconds(5),
            },
            Time ?? Clock,
            NullLogger.Instance);
        _host.Run(new LocalHostParts
        {
            Tasks = Tasks,
            Observer = Observer,
            Objects = Objects,
            MapRunControl = MapRunControl,
            Mocks = MockFile is { } file ? MockConfiguration.Load(file) : MockConfiguration.None,
        });
        return _host;
    }

    public async Task CloseAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
            _host = null;
        }
    }

    public override async Task RestartAsync()
    {
        await CloseAsync();
        Open(null);
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
        await base.DisposeAsync();
    }
}
