using System.Runtime.CompilerServices;
using StepFlow.Language.Json;
using StepFlow.Language.Jsonata.Values;

namespace StepFlow.Language.Jsonata;

/// <summary>One evaluation under way: what it sees of the world, and how much it has used up.</summary>
internal sealed class Evaluator
{
    /// <summary>How many bytes that are built count as one step.</summary>
    private const int BytesPerStep = 16;

    /// <summary>The stack is looked at every eighth level: what is ensured each time is far more than eight levels take.</summary>
    private const int StackCheckMask = 7;

    private readonly JsonValue?[] _globals;
    private readonly int _maxDepth;
    private readonly long _maxSteps;
    private int _depth;

    public Evaluator(JsonataEnvironment environment, JsonataBindings bindings, JsonValue? root, int globals)
    {
        Environment = environment;
        Bindings = bindings;
        Root = root;
        _maxDepth = environment.Limits.MaxDepth;
        _maxSteps = environment.Limits.MaxSteps;
        MaxItems = environment.Limits.MaxValueBytes / 8;
        _globals = globals == 0 ? [] : new JsonValue?[globals];
        _globals.AsSpan().Fill(EngineValue.Unbound);
    }

    public JsonataEnvironment Environment { get; }

    public JsonataBindings Bindings { get; }

    /// <summary>The input of the whole expression, <c>$$</c>.</summary>
    public JsonValue? Root { get; }

    /// <summary>How many elements a sequence or array may have.</summary>
    public long MaxItems { get; }

    public long Steps { get; private set; }

    /// <summary>How many arrays and objects were made: a value nests no deeper than that.</summary>
    public long Constructed { get; set; }

    /// <summary>Whether functions or non-finite numbers may hide within the result.</summary>
    public bool HoldsUnplain { get; set; }

    /// <summary>The stack of the regular expression that is being matched; patterns do not call each other.</summary>
    public (int Kind, int A, int B, int C)[] PatternStack { get => field ??= new (int, int, int, int)[32]; set; }

    /// <summary>Where $eval was called from.</summary>
    public EvalSite? EvalSite { get; set; }

    /// <summary>One node deeper; every node that has nodes below it says so.</summary>
    public void Enter()
    {
        // The leaves do not count themselves, hence "at least".
        if (++_depth >= _maxDepth || ((_depth & StackCheckMask) == 0 && !RuntimeHelpers.TryEnsureSufficientExecutionStack()))
        {
            throw new JsonataException(JsonataErrorCodes.TooDeep) { Value = _maxDepth };
        }

        if (++Steps > _maxSteps)
        {
            throw TooManySteps();
        }
    }

    public void Leave() => _depth--;

    public int SaveDepth() => _depth;

    public void RestoreDepth(int depth) => _depth = depth;

    /// <summary>Counts work that is no node: items visited, characters scanned.</summary>
    public void Charge(long steps)
    {
        if ((Steps += steps) > _maxSteps)
        {
            throw TooManySteps();
        }
    }

    /// <summary>Counts a text before or after it is built; too long a one is an error.</summary>
    public void ChargeText(long length)
    {
        if (length > Environment.Limits.MaxValueBytes)
        {
            throw new JsonataException(JsonataErrorCodes.TooLarge) { Value = Environment.Limits.MaxValueBytes };
        }

        Charge(length / BytesPerStep);
    }

    public JsonString Text(string value)
    {
        ChargeText(value.Length);
        return new(value);
    }

    /// <summary>A variable or function that no scope of the expression binds.</summary>
    public JsonValue? Global(int index, string name)
    {
        JsonValue? value = _globals[index];
        return ReferenceEquals(value, EngineValue.Unbound) ? _globals[index] = FindGlobal(name) : value;
    }

    public JsonValue? FindGlobal(string name) => Bindings.Find(name) ?? Environment.Functions.Find(name);

    /// <summary>Calls a function and whatever calls it ends with.</summary>
    public JsonValue? Apply(JsonataFunction function, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        JsonValue? result = function.Invoke(this, arguments, context);
        while (result is TailCall next)
        {
            result = next.Continue(this, context);
        }

        return result;
    }

    private JsonataException TooManySteps() => new(JsonataErrorCodes.TooManySteps) { Value = _maxSteps };
}
