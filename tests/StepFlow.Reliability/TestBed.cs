using StepFlow.Reliability.Client;
using StepFlow.Reliability.Faults;
using StepFlow.Reliability.Servers;
using StepFlow.Testing;

namespace StepFlow.Reliability;

/// <summary>What a run stands on: the server, the functions that it calls, the storage account, the disk, and what may go wrong with them.</summary>
internal sealed class TestBed : IAsyncDisposable
{
    private const int DiskMegabytes = 600;
    private const int DiskMegabytesPerMinute = 100;

    private readonly TemporaryFolder _folder = new();
    private readonly List<IFault> _faults = [];
    private readonly List<string> _skipped = [];
    private SmallDisk? _disk;

    /// <summary>The server.</summary>
    public ServerUnderTest Server { get; private set; } = null!;

    /// <summary>Its data folder.</summary>
    public string Data => _folder.PathOf("data");

    /// <summary>A client of it.</summary>
    public StatesClient Client { get; private set; } = null!;

    /// <summary>The functions.</summary>
    public TaskServer Tasks { get; private set; } = null!;

    /// <summary>The storage account; null if none was requested.</summary>
    public StorageUnderTest? Storage { get; private set; }

    /// <summary>What may go wrong.</summary>
    public IReadOnlyList<IFault> Faults => _faults;

    /// <summary>Which faults this machine cannot have, and why.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    /// <summary>Starts everything.</summary>
    /// <param name="load">How long there will be load, so that the disk is not too small for it; for a proof zero.</param>
    /// <param name="faults">The faults, by name.</param>
    /// <param name="withStorage">Whether there is a storage account.</param>
    /// <param name="logs">Where server logs are left; null for nowhere.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public static async Task<TestBed> StartAsync(TimeSpan load, IReadOnlyList<string> faults, bool withStorage, string? logs, CancellationToken cancellationToken)
    {
        var bed = new TestBed();
        try
        {
            await bed.BeginAsync(load, faults, withStorage, logs, cancellationToken);
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        if (Tasks is not null)
        {
            await Tasks.DisposeAsync();
        }

        if (Storage is not null)
        {
            await Storage.DisposeAsync();
        }

        _disk?.Dispose();
        _folder.Dispose();
    }

    private async Task BeginAsync(TimeSpan load, IReadOnlyList<string> faults, bool withStorage, string? logs, CancellationToken cancellationToken)
    {
        string data = Directory.CreateDirectory(Data).FullName;
        string logFolder = Directory.CreateDirectory(logs ?? _folder.PathOf("logs")).FullName;
        Tasks = await TaskServer.StartAsync();
        Storage = withStorage ? await StorageUnderTest.StartAsync() : null;
        string configuration = _folder.PathOf("stepflow.json");
        await File.WriteAllTextAsync(configuration, ServerConfiguration.Create(Tasks.Url, Storage?.ConnectionString).ToJsonString(), cancellationToken);
        IReadOnlyDictionary<string, string> environment = new Dictionary<string, string>();
        if (faults.Contains(FaultCatalog.Clock))
        {
            if (ClockFault.IsPossible)
            {
                var clock = new ClockFault(_folder.Path);
                environment = clock.CreateEnvironment();
                _faults.Add(clock);
            }
            else
            {
                _skipped.Add("clock: libfaketime is not installed (apt-get install libfaketime).");
            }
        }

        if (faults.Contains(FaultCatalog.Disk))
        {
            if ((_disk = SmallDisk.TryMount(data, DiskMegabytes + (int)(load.TotalMinutes * DiskMegabytesPerMinute))) is not null)
            {
                _faults.Add(new FullDiskFault(data));
            }
            else
            {
                _skipped.Add("disk: a file system of its own needs Linux, root, and the right to mount.");
            }
        }

        Server = new(data, configuration, logFolder, environment);
        await Server.StartAsync(cancellationToken);
        Client = new(() => Server.Url);
        if (faults.Contains(FaultCatalog.Kill))
        {
            _faults.Add(new KillFault(Server));
        }

        if (faults.Contains(FaultCatalog.Restart))
        {
            _faults.Add(new RestartFault(Server));
        }

        if (faults.Contains(FaultCatalog.Storage) && Storage is not null)
        {
            _faults.Add(new StorageFault(Storage));
        }
    }
}
