using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>The state of one evaluation: its environment, and the limits that are left.</summary>
internal sealed class Evaluator
{
    /// <summary>The memory of one slot of an array.</summary>
    public const int ReferenceBytes = 8;

    /// <summary>The memory of one member of an object, without its value.</summary>
    public const int MemberBytes = 24;

    /// <summary>The memory of an array or object, without its elements.</summary>
    public const int ContainerBytes = 48;

    /// <summary>The stack is checked at every eighth level. Each check ensures much more space than eight levels use.</summary>
    private const int StackCheckMask = 7;

    /// <summary>How many bytes of arrays, objects and functions count as one step, beside the steps of what they hold.</summary>
    private const int ReservedBytesPerStep = 64;

    private readonly JsonValue?[] _globals;
    private readonly OuterVariables _variables;
    private readonly int _maxDepth;
    private readonly long _maxSteps;
    private readonly long _maxMemory;
    private readonly ExpressionSteps? _shared;
    private long _pauseAt;
    private int _depth;
    private long _memory;

    public Evaluator(JsonataEnvironment environment, OuterVariables variables, JsonValue? root, int globals)
    {
        Instant = environment.Instant;
        Entropy = environment.Entropy;
        Budget = environment.Limits.ToBudget();
        Root = root;
        _variables = variables;
        _shared = environment.Steps;
        _maxDepth = Budget.MaxDepth;
        _maxSteps = Math.Min(Budget.MaxSteps, _shared?.Left ?? long.MaxValue);
        _pauseAt = Math.Min(_maxSteps, _shared?.UntilNotice ?? long.MaxValue);
        _maxMemory = Budget.MaxMemory;
        MaxItems = Budget.MaxValueBytes / ReferenceBytes;
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

    /// <summary>The number of arrays and objects that were made. No value is deeper than this number.</summary>
    public long Constructed { get; set; }

    /// <summary>Whether functions or non-finite numbers may hide within the result.</summary>
    public bool HoldsUnplain { get; set; }

    /// <summary>The stack of the regular expression that is being matched; patterns do not call each other.</summary>
    public (int Kind, int A, int B, int C)[] PatternStack { get => field ??= new (int, int, int, int)[32]; set; }

    public CallSite? EvalSite { get; set; }

    /// <summary>Enters the next level. Every node that contains nodes calls it.</summary>
    public void Enter()
    {
        // The leaves do not count themselves, hence "at least".
        if (++_depth >= _maxDepth || ((_depth & StackCheckMask) == 0 && !RuntimeHelpers.TryEnsureSufficientExecutionStack()))
        {
            throw new JsonataException(EvaluationErrorCodes.TooDeep);
        }

        if (++Steps > _pauseAt)
        {
            Pause();
        }
    }

    public void Leave() => _depth--;

    public int SaveDepth() => _depth;

    public void RestoreDepth(int depth) => _depth = depth;

    /// <summary>Counts work that is not a node: items visited, characters scanned.</summary>
    public void Charge(long steps)
    {
        if ((Steps += steps) > _pauseAt)
        {
            Pause();
        }
    }

    /// <summary>Counts bytes that values take which are built or about to be: their memory, and the time to collect it.</summary>
    public void Reserve(long bytes)
    {
        Hold(bytes);
        Charge(bytes / ReservedBytesPerStep);
    }

    /// <summary>Counts a text that is read completely.</summary>
    public void ChargeScan(long length) => Charge(length / ExpressionSteps.BytesPerStep);

    /// <summary>Counts a text before or after it is built; too long a one is an error.</summary>
    public void ChargeText(long length)
    {
        CheckText(length);
        Hold(2 * length);
        Charge(length / ExpressionSteps.BytesPerStep);
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

    /// <summary>Calls a function, and the function that it ends with in a tail call.</summary>
    public JsonValue? Apply(JsonataFunction function, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        JsonValue? result = function.Invoke(this, arguments, context);
        while (result is TailCall next)
        {
            result = next.Continue(this, context);
        }

        return result;
    }

    private void Hold(long bytes)
    {
        if ((_memory += bytes) > _maxMemory)
        {
            throw TooLarge();
        }
    }

    /// <summary>The steps are used up, or the number is reached at which the caller is notified.</summary>
    private void Pause()
    {
        if (Steps > _maxSteps)
        {
            throw new JsonataException(EvaluationErrorCodes.TooManySteps);
        }

        _pauseAt = _maxSteps;
        _shared!.Notify();
    }
}
