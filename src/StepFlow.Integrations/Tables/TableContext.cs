using System.Collections.Frozen;

namespace StepFlow.Integrations.Tables;

/// <summary>The dependencies of the table integrations.</summary>
/// <param name="Store">The host's tables.</param>
/// <param name="Tables">The tables, by name.</param>
/// <param name="Hints">Names missing settings.</param>
internal sealed record TableContext(ITableStore Store, FrozenDictionary<string, Table> Tables, SettingHints Hints, TimeProvider Time)
{
    /// <summary>The tables of the identity that a task's <c>Credentials</c> choose. Null if it chooses none, or one without its own tables.</summary>
    public Func<TaskCall, ITableStore?> Others { get; init; } = static _ => null;

    /// <summary>The tables that a task reaches.</summary>
    public ITableStore StoreFor(TaskCall call) => Others(call) ?? Store;
}
