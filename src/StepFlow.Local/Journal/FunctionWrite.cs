namespace StepFlow.Local.Journal;

/// <summary>A small write with a result that its caller waits for.</summary>
internal sealed class FunctionWrite<T>(Func<JournalStatements, T> apply) : JournalWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    /// <summary>The result, once it is durable.</summary>
    public Task<T> Done => _done.Task;

    public override bool MayBeRefused => true;

    public override void Apply(JournalStatements statements) => _result = apply(statements);

    public override void Committed() => _done.TrySetResult(_result!);

    public override void Failed(Exception reason) => _done.TrySetException(reason);
}
