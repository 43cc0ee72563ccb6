using System.Diagnostics;

namespace StepFlow.Testing;

/// <summary>How tests start programs that they kill.</summary>
public static class ProcessStarts
{
    /// <summary>Starts .NET without its pipes and sockets for debuggers. They are files in the temporary folder, and stay if the process is killed.</summary>
    public static ProcessStartInfo WithoutDiagnostics(this ProcessStartInfo start)
    {
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }
}
