using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, string Text)> _lines = [];

    /// <summary>The lines of the categories that begin so, in order.</summary>
    public IEnumerable<string> Of(string category) =>
        _lines.Where(line => line.Category.StartsWith(category, StringComparison.Ordinal)).Select(line => line.Text);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines._lines.Enqueue((category, formatter(state, exception)));
    }
}
