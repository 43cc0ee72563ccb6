using StepFlow.Execution.Tokens;
using StepFlow.Language;

namespace StepFlow.Execution.Interpretation;

/// <summary>What expressions see, for the frame it is pointed at. One for each execution; pointing it elsewhere allocates nothing.</summary>
/// <param name="entropy">Its random values.</param>
/// <param name="steps">Counts the steps of its expressions.</param>
internal sealed class ExecutionScope(ExecutionStart start, Entropy entropy, ExpressionSteps steps) : StateScope(steps)
{
    private readonly ExecutionStart _start = start;
    private Frame? _frame;
    private JsonObject? _context;
    private JsonObject? _execution;
    private JsonObject? _stateMachine;
    private string? _tokenTask;
    private MapGroup? _items;
    private int _item;
    private DateTimeOffset _now;
    private int _redriveCount;
    private DateTimeOffset? _redriveTime;

    public override JsonValue Input => _frame?.Input ?? JsonValue.Null;

    public override JsonObject Context => _context ??= BuildContext();

    public override VariableScope Variables => _frame?.Variables ?? VariableScope.Empty;

    public override Entropy Entropy { get; } = entropy;

    public override DateTimeOffset Now => _now;

    public override Limits Limits => _start.Limits;

    /// <summary>The context object that replaces the execution's own when one state is tested; null otherwise.</summary>
    public JsonObject? TestContextObject { get; init; }

    public void SetTime(DateTimeOffset now) => _now = now;

    public void SetRedrive(int count, DateTimeOffset? time)
    {
        (_redriveCount, _redriveTime) = (count, time);
        _execution = null;
        _context = null;
    }

    /// <summary>Points to a frame's state.</summary>
    public ExecutionScope For(Frame frame)
    {
        if (!ReferenceEquals(_frame, frame))
        {
            _frame = frame;
        }

        _context = null;
        _items = null;
        _tokenTask = frame.Task is { } task && HasToken(task.Command.Resource) ? task.Id : null;
        return this;
    }

    /// <summary>Adds the token of the attempt that is being prepared, where its resource has one.</summary>
    public void SetTask(string id, TaskResource resource)
    {
        _tokenTask = HasToken(resource) ? id : null;
        _context = null;
    }

    /// <summary>Adds an item, for the ItemSelector.</summary>
    public ExecutionScope WithItem(MapGroup items, int index)
    {
        (_items, _item) = (items, index);
        _context = null;
        return this;
    }

    /// <summary>Whether the context object contains a task token. A task that ends after its request can send heartbeats with it.</summary>
    private static bool HasToken(TaskResource resource) => resource.Pattern != TaskPattern.RequestResponse;

    private JsonObject BuildContext()
    {
        if (TestContextObject is { } given)
        {
            return _items is { } mapped ? given.With("Map", Item(mapped, _item)) : given;
        }

        var context = new JsonObjectBuilder(5)
            .Set("Execution", _execution ??= BuildExecution())
            .Set("StateMachine", _stateMachine ??= JsonObject.Create(("Id", _start.StateMachineArn), ("Name", _start.StateMachineName)));
        if (_frame is { } frame)
        {
            context.Set("State", new JsonObjectBuilder(3)
                .Set("Name", frame.State.Name)
                .Set("EnteredTime", IsoTime.Milliseconds(frame.EnteredTime))
                .SetIfPresent("RetryCount", frame.State is CompiledRetryableState ? frame.RetryCount : null)
                .Build());
        }

        if (_tokenTask is { } task)
        {
            context.Set("Task", JsonObject.Create(("Token", TaskToken.Create(_start.TokenSecret, _start.ExecutionArn, task))));
        }

        return context.SetIfPresent("Map", FindItem()).Build();
    }

    private JsonObject BuildExecution()
    {
        return new JsonObjectBuilder(7)
            .Set("Id", _start.ExecutionArn)
            .Set("Input", _start.Input)
            .Set("StartTime", IsoTime.Milliseconds(_start.StartTime))
            .Set("Name", _start.Name)
            .Set("RoleArn", _start.RoleArn.Length == 0 ? JsonValue.Null : _start.RoleArn)
            .SetIfPresent("RedriveCount", _start.IsSynchronous ? null : _redriveCount)
            .SetIfPresent("RedriveTime", _redriveTime is { } time ? IsoTime.Milliseconds(time) : null).Build();
    }

    /// <summary>The item of the nearest Map that contains the state: the item being prepared, the item of the iteration, or the item of the Map Run.</summary>
    private JsonObject? FindItem()
    {
        if (_items is { } items)
        {
            return Item(items, _item);
        }

        for (Frame? frame = _frame; frame is not null; frame = frame.Parent)
        {
            if (frame.Parent?.Group is MapGroup group)
            {
                return Item(group, frame.Index);
            }
        }

        return _start.MapContext;
    }

    private static JsonObject Item(MapGroup group, int index)
    {
        var item = new JsonObjectBuilder(3).Set("Index", index);
        if (group.Key(index) is { } key)
        {
            item.Set("Key", key);
        }

        return JsonObject.Create(("Item", item.Set("Value", group.Item(index)).Build()));
    }
}
