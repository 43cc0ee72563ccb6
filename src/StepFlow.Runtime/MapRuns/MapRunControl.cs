namespace StepFlow.Runtime.MapRuns;

/// <summary>A running Map Run's settings, which may change while it runs.</summary>
public sealed class MapRunControl(MapRunSettings settings)
{
    private volatile MapRunSettings _settings = settings;

    /// <summary>Raised after a change, on the thread that made it.</summary>
    public event Action? Changed;

    /// <summary>The settings in force.</summary>
    public MapRunSettings Settings => _settings;

    /// <summary>Changes the settings.</summary>
    public void Change(MapRunSettings settings)
    {
        _settings = settings;
        Changed?.Invoke();
    }
}
