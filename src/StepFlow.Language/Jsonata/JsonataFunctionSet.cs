using System.Collections.Frozen;
using StepFlow.Language.Jsonata.Functions;
using StepFlow.Language.Jsonata.Nodes;

namespace StepFlow.Language.Jsonata;

/// <summary>The functions that an expression can call, by name without <c>$</c>.</summary>
public sealed class JsonataFunctionSet
{
    /// <summary>The functions of jsonata 2 but <c>$eval</c>.</summary>
    public static readonly JsonataFunctionSet Standard = new(StandardFunctions.All);

    /// <summary>The functions of jsonata 2, <c>$eval</c> among them.</summary>
    public static readonly JsonataFunctionSet WithEval = Standard.With([EvalFunction.Eval]);

    /// <summary>The functions of Step Functions: no <c>$eval</c>, and <c>$partition $range $hash $random $uuid $parse</c>.</summary>
    public static readonly JsonataFunctionSet Aws = Standard.With(AwsFunctions.All);

    private readonly FrozenDictionary<string, NativeFunction> _functions;

    internal JsonataFunctionSet(IEnumerable<NativeFunction> functions) =>
        _functions = functions.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    public IEnumerable<string> Names => _functions.Keys;

    /// <summary>Whether there is a function of this name.</summary>
    public bool Contains(string name) => _functions.ContainsKey(name);

    internal NativeFunction? Find(string name) => _functions.GetValueOrDefault(name);

    private JsonataFunctionSet With(IEnumerable<NativeFunction> functions)
    {
        var all = new Dictionary<string, NativeFunction>(_functions, StringComparer.Ordinal);
        foreach (NativeFunction function in functions)
        {
            all[function.Name] = function;
        }

        return new(all.Values);
    }
}
