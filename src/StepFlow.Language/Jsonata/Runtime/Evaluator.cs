using System.Runtime.CompilerServices;
using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>One evaluation under way: what it sees of the world, and how much it has used up.</summary>
internal sealed class Evaluator
{
    /// <summary>How many bytes that are built count as one step.</summary>
    private const int BytesPerStep = 16;

    /// <summary>What one slot of an array takes.</summary>
    public const int ReferenceBytes = 8;

    /// <summary>What one member of an object takes, its value apart.</summary>
    public const int MemberBytes = 24;

    /// <summary>What an array or object takes, its elements apart.</summary>
    public const int ContainerBytes = 48;

    /// <summary>The stack is looked at every eighth level: what is ensured each time is far more than eight levels take.</summary>
    private const int StackCheckMask = 7;

    private readonly JsonValue?[] _globals;
    private readonly OuterVariables _variables;
    private readonly int _maxDepth;
    private readonly long _maxSteps;
    private readonly long _maxMemory;
    private int _depth;
    private long _memory;

    public Evaluator(DateTimeOffset instant, Entropy entropy, Budget budget, OuterVariables variables, JsonValue? root, int globals)
    {
        Instant = instant;
        Entropy = entropy;
        Budget = budget;
        Root = root;
        _variables = variables;
        _maxDepth = budget.MaxDepth;
        _maxSteps = budget.MaxSteps;
        _maxMemory = budget.MaxMemory;
        MaxItems = budget.MaxValueBytes / ReferenceBytes;
        _globals = globals == 0 ? [] : new JsonValue?[globals];
        _globals.AsSpan().Fill(EngineValue.Unbound);
    }

    /// <summary>The time, the same throughout.</summary>
    public DateTimeOffset Instant { get; }

    public Entropy Entropy { get; }

    public Budget Budget { get; }

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

    public CallSite? EvalSite { get; set; }

    /// <summary>One node deeper; every node that has nodes below it says so.</summary>
    public void Enter()
    {
        // The leaves do not count themselves, hence "at least".
        if (++_depth >= _maxDepth || ((_depth & StackCheckMask) == 0 && !RuntimeHelpers.TryEnsureSufficientExecutionStack()))
        {
            throw new JsonataException(EvaluationErrorCodes.TooDeep);
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

    /// <summary>Counts bytes that values take which are built or about to be.</summary>
    public void Reserve(long bytes)
    {
        if ((_memory += bytes) > _maxMemory)
        {
            throw TooLarge();
        }
    }

    /// <summary>Counts a text that is looked at from end to end.</summary>
    public void ChargeScan(long length) => Charge(length / BytesPerStep);

    /// <summary>Counts a text before or after it is built; too long a one is an error.</summary>
    public void ChargeText(long length)
    {
        CheckText(length);
        Reserve(2 * length);
        Charge(length / BytesPerStep);
    }

    /// <summary>Refuses a text that would be too long.</summary>
    public void CheckText(long length)
    {
        if (length > Budget.MaxValueBytes)
        {
            throw TooLarge();
        }
    }

    /// <summary>The failure of a value, or of all values together, that take too much memory.</summary>
    public static JsonataException TooLarge() => new(EvaluationErrorCodes.TooLarge);

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

    public JsonValue? FindGlobal(string name) => _variables.Find(name);

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

    private static JsonataException TooManySteps() => new(EvaluationErrorCodes.TooManySteps);
}
