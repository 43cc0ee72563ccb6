using System.CommandLine;

namespace StepFlow.Local.Commands;

/// <summary>The data folder of commands that work on it without a server.</summary>
internal static class DataOption
{
    public static Option<string> Folder { get; } = new("--data", "-d")
    {
        Description = "The data folder. Default .stepflow.",
        HelpName = "DIR",
        DefaultValueFactory = static _ => ".stepflow",
    };
}
