using Microsoft.Extensions.Logging;
using StepFlow.Runtime.Scheduling;

namespace StepFlow.Runtime.Tests.Scheduling;

public sealed class BackgroundTasksTests
{
    private readonly LogList _log = new();

    [Fact]
    public void LogFailure_OfATaskThatFailsLater_ReportsWhatItWasFor()
    {
        var work = new TaskCompletionSource();
        work.Task.LogFailure(_log, "stop child c");
        Assert.Empty(_log.Lines);

        work.SetException(new InvalidOperationException("No."));

        Assert.Equal(["Warning: Could not stop child c. Nothing depends on it, and running executions continue. No."], _log.Lines);
    }

    [Fact]
    public async Task LogFailure_OfACancellationWhoseHandlerFails_IsLogged()
    {
        using var source = new CancellationTokenSource();
        source.Token.Register(static () => throw new InvalidOperationException("No."));
        var logged = new TaskCompletionSource();
        _log.Written = logged.SetResult;

        source.CancelAsync().LogFailure(_log, "tell task t to stop");
        await logged.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("Warning: Could not tell task t to stop.", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void LogFailure_OfACancelledTask_LogsNothing()
    {
        Task.FromCanceled(new CancellationToken(canceled: true)).LogFailure(_log, "stop child c");

        Assert.Empty(_log.Lines);
    }

    private sealed class LogList : ILogger
    {
        public List<string> Lines { get; } = [];

        public Action? Written { get; set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Lines.Add($"{logLevel}: {formatter(state, exception)} {exception?.Message}");
            Written?.Invoke();
        }
    }
}
