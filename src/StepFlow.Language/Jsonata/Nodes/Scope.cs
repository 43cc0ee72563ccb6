namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>
/// A scope at compile time. It has a frame at run time. The variables of a scope are known before its nodes are
/// compiled, so a lambda can refer to variables that are bound after it.
/// </summary>
/// <param name="outer">The scope around it.</param>
/// <param name="parameters">Its parameters, which are bound from the start.</param>
/// <param name="isTuple">Whether it is the scope of a step in a tuple stream, where any name may be bound.</param>
internal sealed class Scope(Scope? outer, IEnumerable<string>? parameters = null, bool isTuple = false)
{
    private readonly List<string> _names = [.. parameters ?? []];
    private int _parameters = -1;

    public Scope? Outer { get; } = outer;

    public bool IsTuple { get; } = isTuple;

    public int SlotCount => _names.Count;

    /// <summary>Adds variables that expressions in the scope bind.</summary>
    public void Declare(IEnumerable<string> names)
    {
        _parameters = _names.Count;
        foreach (string name in names)
        {
            if (!_names.Contains(name))
            {
                _names.Add(name);
            }
        }
    }

    /// <summary>The slot of a variable, or -1.</summary>
    public int SlotOf(string name) => _names.LastIndexOf(name);

    /// <summary>Whether the slot is always bound at run time.</summary>
    public bool IsParameter(int slot) => _parameters < 0 || slot < _parameters;
}
