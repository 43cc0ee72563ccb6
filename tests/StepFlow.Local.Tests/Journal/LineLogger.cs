using Microsoft.Extensions.Logging;

namespace StepFlow.Local.Tests.Journal;

/// <summary>A logger that stores its lines.</summary>
internal sealed class LineLogger : ILogger
{
    private readonly List<(LogLevel Level, EventId Id, Exception? Exception)> _lines = [];

    public IReadOnlyList<(LogLevel Level, EventId Id, Exception? Exception)> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
        {
            _lines.Add((logLevel, eventId, exception));
        }
    }
}
