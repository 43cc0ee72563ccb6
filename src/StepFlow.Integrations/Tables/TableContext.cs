using System.Collections.Frozen;
using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.Tables;

/// <summary>What the table integrations work on.</summary>
internal sealed record TableContext(ITableStore Store, FrozenDictionary<string, Table> Tables, SettingHints Hints, TimeProvider Time);
