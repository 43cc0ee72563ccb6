using Microsoft.Extensions.Logging;

namespace StepFlow.Runtime.Telemetry;

/// <summary>Logs the faults of this program that a turn met, each with its stack.</summary>
public static class DefectLog
{
    /// <summary>Logs them, at Error.</summary>
    public static void Write(ILogger? logger, string executionArn, Turn turn)
    {
        if (logger is null)
        {
            return;
        }

        foreach (Defect defect in turn.Defects)
        {
            RuntimeLogs.StateDefect(logger, defect.Exception, defect.StateName, executionArn);
        }
    }
}
