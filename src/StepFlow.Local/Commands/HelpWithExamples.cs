using System.CommandLine.Invocation;
using System.CommandLine;

namespace StepFlow.Local.Commands;

/// <summary>The usual help, then examples; for the command itself the exit codes too.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction usual) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        if (command is ExampleCommand { Examples: var examples })
        {
            output.WriteLine("Examples:");
            foreach (string example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        if (command is RootCommand)
        {
            output.WriteLine("Exit codes:");
            foreach ((int code, string meaning) in ExitCodes.All)
            {
                output.WriteLine($"  {code,3}  {meaning}");
            }

            output.WriteLine();
        }

        return ExitCodes.Success;
    }
}
