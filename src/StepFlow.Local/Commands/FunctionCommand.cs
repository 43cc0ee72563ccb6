using System.CommandLine;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Jobs;
using StepFlow.Local.Serving;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow function NAME</c>: runs a built-in function once, as the program of a job.</summary>
internal static class FunctionCommand
{
    private static readonly Argument<string?> Function = new("NAME")
    {
        Description = "The function. Default $STEPFLOW_FUNCTION, which the server sets for a job.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create() => new ExampleCommand(
        "function",
        "Runs a built-in function once: the program of a job that a function's setting names. The payload comes from standard input, $STEPFLOW_JOB_INPUT or the blob $STEPFLOW_INPUT_BLOB. The result goes to the blob $STEPFLOW_RESULT_BLOB, the file $STEPFLOW_RESULT_FILE or standard output.",
        "stepflow function video-validate --config stepflow.json < payload.json")
    {
        Function, CommonOptions.Configuration,
    }.Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using ServiceProvider services = LocalServices.BuildTasks(await CommonOptions.ReadConfigurationAsync(arguments, cancellationToken));
        try
        {
            FunctionFailed? failed = await services.GetRequiredService<FunctionProgram>().RunAsync(
                arguments.GetValue(Function), Environment.GetEnvironmentVariable, System.Console.In, arguments.InvocationConfiguration.Output, cancellationToken);
            return failed is null
                ? ExitCodes.Success
                : throw new CommandException(ExitCodes.ExecutionFailed, $"{failed.ErrorType}: {failed.ErrorMessage}");
        }
        catch (ArgumentException wrong)
        {
            throw new CommandException(ExitCodes.Usage, wrong.Message, wrong);
        }
    }
}
