namespace StepFlow.Conformance.Tests;

/// <summary>The suites from the command line (<c>scripts/conformance.sh</c>); everything else is the test runner's.</summary>
internal static class Program
{
    public static int Main(string[] args) => args is ["suites", ..]
        ? SuiteReport.Run(args[1..])
        : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
}
