using Microsoft.Extensions.Logging.Console;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Local.Serving;

/// <summary>Writes logs to standard error, because standard output is for the result of the command.</summary>
internal static class LoggingSetup
{
    /// <summary>Logs StepFlow's messages from the level Information, and those of the framework from Warning.</summary>
    public static ILoggingBuilder AddStepFlowConsole(this ILoggingBuilder logging)
    {
        logging.ClearProviders()
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter("Microsoft", LogLevel.Warning)
            // Else the web server makes an activity and a scope for each request, which no log here shows.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            // If a server does not start, the command itself reports the reason.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddFilter("System", LogLevel.Warning)
            // Execution logs can contain inputs and outputs. The server's own log never does.
            .AddFilter<ConsoleLoggerProvider>(LoggerSink.Category, LogLevel.None)
            .AddFilter("Azure", LogLevel.Warning);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging;
    }
}
