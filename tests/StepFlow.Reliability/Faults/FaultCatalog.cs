namespace StepFlow.Reliability.Faults;

/// <summary>The names of all faults.</summary>
internal static class FaultCatalog
{
    public const string Kill = "kill";
    public const string Restart = "restart";
    public const string Storage = "storage";
    public const string Disk = "disk";
    public const string Clock = "clock";

    /// <summary>All of them.</summary>
    public static readonly string[] Names = [Kill, Restart, Storage, Disk, Clock];
}
