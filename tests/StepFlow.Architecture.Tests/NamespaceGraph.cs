using System.Reflection;

namespace StepFlow.Architecture.Tests;

/// <summary>Which namespaces of one assembly use which, with an example for each.</summary>
internal sealed class NamespaceGraph
{
    private readonly Dictionary<string, Dictionary<string, string>> _uses = [];

    public NamespaceGraph(Assembly assembly)
    {
        foreach (Type type in assembly.GetTypes().Where(type => type.Namespace?.StartsWith("StepFlow", StringComparison.Ordinal) == true))
        {
            foreach (Type used in TypeReferences.Of(type).Where(used => used.Assembly == assembly && used.Namespace != type.Namespace))
            {
                if (used.Namespace is { } target && target.StartsWith("StepFlow", StringComparison.Ordinal))
                {
                    Uses(type.Namespace!).TryAdd(target, $"{Outermost(type).Name} uses {Outermost(used).Name}");
                }
            }
        }
    }

    /// <summary>One line a cycle: each set of namespaces that can all reach each other, with the uses among them.</summary>
    public IReadOnlyList<string> Cycles()
    {
        var reach = _uses.Keys.ToDictionary(name => name, Reach);
        var seen = new HashSet<string>();
        var cycles = new List<string>();
        foreach (string name in _uses.Keys.Order(StringComparer.Ordinal))
        {
            string[] group = [.. reach[name].Where(other => reach.TryGetValue(other, out HashSet<string>? back) && back.Contains(name)).Append(name).Distinct().Order(StringComparer.Ordinal)];
            if (group.Length > 1 && seen.Add(string.Join(',', group)))
            {
                IEnumerable<string> uses = group.SelectMany(from => _uses[from]
                    .Where(use => group.Contains(use.Key))
                    .Select(use => $"{from} -> {use.Key} ({use.Value})"));
                cycles.Add(string.Join("; ", uses));
            }
        }

        return cycles;
    }

    private HashSet<string> Reach(string from)
    {
        var reached = new HashSet<string>();
        var pending = new Stack<string>([from]);
        while (pending.TryPop(out string? name))
        {
            if (_uses.TryGetValue(name, out Dictionary<string, string>? targets))
            {
                foreach (string target in targets.Keys.Where(reached.Add))
                {
                    pending.Push(target);
                }
            }
        }

        return reached;
    }

    private Dictionary<string, string> Uses(string name) =>
        _uses.TryGetValue(name, out Dictionary<string, string>? targets) ? targets : _uses[name] = [];

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
