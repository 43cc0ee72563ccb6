using System.CommandLine;
using StepFlow.Console;
using StepFlow.Local.Configuration;
using StepFlow.Local.Serving;
using StepFlow.Service.Configuration;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow serve</c>: the durable server.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Data = new("--data", "-d")
    {
        Description = "The data folder. It is created if it does not exist. Default .stepflow.",
        HelpName = "DIR",
    };

    private static readonly Option<int?> Port = new("--port", "-p") { Description = "The port; 0 for a free one. Default 7071.", HelpName = "PORT" };

    private static readonly Option<string?> Mocks = new("--mock-config")
    {
        Description = "A mock configuration file of Step Functions Local. Executions that are started as MACHINE#TESTCASE take task results from it.",
        HelpName = "FILE",
    };

    public static Command Create() => new ExampleCommand(
        "serve",
        "Runs the durable server: the AWS JSON protocol at /, REST under /api, a web console at /console. It listens on the loopback only, unless the configuration has access keys.",
        "stepflow serve",
        "stepflow serve --data /var/lib/stepflow --port 7071 --config stepflow.json",
        "aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:7071")
    {
        Data, Port, CommonOptions.Configuration, Mocks,
    }.Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        LoadedConfiguration configuration = await CommonOptions.ReadConfigurationAsync(arguments, cancellationToken);
        var options = configuration.Bind<ServerOptions>("Server");
        ServiceSettings settings = configuration.Service;
        options.Data = arguments.GetValue(Data) ?? Path.Combine(configuration.Folder, options.Data);
        options.Port = arguments.GetValue(Port) ?? options.Port;
        settings.MockConfigurationFile = arguments.GetValue(Mocks) ?? settings.MockConfigurationFile;
        if (options.Data.Length == 0)
        {
            throw new CommandException(ExitCodes.Usage, "--data is empty. Name a folder.");
        }

        if (options.Port is < 0 or > 65535)
        {
            throw new CommandException(ExitCodes.Usage, $"--port {options.Port}: a port is from 0 to 65535.");
        }

        TextWriter output = arguments.InvocationConfiguration.Output;
        await using LocalServer server = await LocalServer.StartAsync(configuration, options, settings, arguments.InvocationConfiguration.Error, cancellationToken);
        await output.WriteLineAsync($"Listening on {server.Url}, data in {options.Data}.");
        await output.WriteLineAsync($"Console: {server.Url}{ConsoleEndpoints.Path}/");
        if (settings.AccessKeys.Count == 0)
        {
            await output.WriteLineAsync("The server has no access keys. Everybody on this machine can use it, and nobody else.");
        }

        await output.FlushAsync(cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, server.Stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await output.WriteLineAsync("Stopping.");
        return ExitCodes.Success;
    }
}
