using System.Reflection;

namespace StepFlow.Architecture.Tests;

/// <summary>
/// Which namespaces of one assembly use which, with an example for each. The project's own namespace is floor and roof
/// at once: it holds what everything uses and the table of contents that uses everything. So each of its types counts
/// by itself, and a cycle through or among them is a cycle. A folder and its subfolders are one concept: the nodes,
/// values and functions of an interpreter need each other.
/// </summary>
internal sealed class NamespaceGraph
{
    private readonly Dictionary<string, Dictionary<string, string>> _uses = [];

    /// <param name="assembly">The project's assembly.</param>
    /// <param name="root">The project's own namespace.</param>
    public NamespaceGraph(Assembly assembly, string root)
    {
        foreach (Type type in assembly.GetTypes().Where(IsOurs))
        {
            string from = Node(type, root);
            foreach (Type used in TypeReferences.Of(type).Where(used => used.Assembly == assembly && IsOurs(used)))
            {
                string to = Node(used, root);
                if (to != from)
                {
                    Uses(from).TryAdd(to, $"{Outermost(type).Name} uses {Outermost(used).Name}");
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

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("StepFlow", StringComparison.Ordinal) == true;

    private static string Node(Type type, string root)
    {
        if (type.Namespace == root)
        {
            return $"{root}.{Outermost(type).Name}";
        }

        int end = type.Namespace!.IndexOf('.', root.Length + 1);
        return end < 0 ? type.Namespace : type.Namespace[..end];
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
