using StepFlow.Service.Tests.Fuzz;

namespace StepFlow.Service.Tests;

/// <summary>The fuzzer from the command line (<c>scripts/fuzz.sh</c>); everything else is the test runner's.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args is ["fuzz", ..]
        ? FuzzProgram.RunAsync(args[1..])
        : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
}
