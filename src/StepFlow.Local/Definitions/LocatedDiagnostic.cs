using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
using StepFlow.Local.Terminals;

namespace StepFlow.Local.Definitions;

/// <summary>A diagnostic and its location in the file.</summary>
internal sealed record LocatedDiagnostic(Diagnostic Found, SourcePosition Position)
{
    /// <summary>The finding as compilers write theirs.</summary>
    /// <param name="path">The file.</param>
    public string Format(string path, TerminalText? terminal = null)
    {
        // A syntax error quotes the source. The first line is enough.
        string message = Found.Code == DiagnosticCodes.InvalidJsonDescription ? Found.Message.Split('\n')[0] : Found.Message;
        string suffix = Found.Location is { } location and not "/" && Found.Code != DiagnosticCodes.InvalidJsonDescription ? $" at {location}" : string.Empty;
        string severity = Found.IsError ? "error" : "warning";
        return $"{path}:{Position.Line}:{Position.Column}: {terminal?.Paint(severity, severity) ?? severity} {Found.Code} {message}{suffix}";
    }
}
