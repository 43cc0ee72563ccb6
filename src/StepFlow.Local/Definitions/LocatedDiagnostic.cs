using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;

namespace StepFlow.Local.Definitions;

/// <summary>A finding and its place in the file.</summary>
internal sealed record LocatedDiagnostic(Diagnostic Found, SourcePosition Position)
{
    /// <summary>The finding as compilers write theirs.</summary>
    public string Format(string path)
    {
        // A syntax error quotes the source; its first line says all.
        string message = Found.Code == DiagnosticCodes.InvalidJsonDescription ? Found.Message.Split('\n')[0] : Found.Message;
        string place = Found.Location is { } location and not "/" && Found.Code != DiagnosticCodes.InvalidJsonDescription ? $" at {location}" : string.Empty;
        return $"{path}:{Position.Line}:{Position.Column}: {(Found.IsError ? "error" : "warning")} {Found.Code} {message}{place}";
    }
}
