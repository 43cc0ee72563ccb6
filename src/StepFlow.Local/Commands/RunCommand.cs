using System.CommandLine;
using System.Globalization;
using StepFlow.Execution;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Catalogue;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Local.Configuration;
using StepFlow.Local.Failures;
using StepFlow.Local.Serving;
using StepFlow.Local.Sources;
using StepFlow.Runtime.InMemory;
using StepFlow.Service.Configuration;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow run FILE</c>: one execution in memory.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> FilePath = new("FILE") { Description = "The definition, JSON." };

    private static readonly Option<bool> VirtualTime = new("--virtual-time") { Description = "Waits and retry intervals take no time." };

    private static readonly Option<bool> History = new("--history") { Description = "Show the history events at the end." };

    private static readonly Option<LimitsChoice?> Quotas = new("--limits")
    {
        Description = "The quotas: none, or aws for those of Step Functions. Default the configuration's Limits.",
        HelpName = "none|aws",
    };

    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "No progress." };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "run",
            "Runs one execution in memory. Progress goes to standard error, the output to standard output.",
            "stepflow run order.asl.json --input '{\"id\": 7}'",
            "stepflow run order.asl.json --input order-7.json --virtual-time --history",
            "stepflow run order.asl.json --limits aws",
            "stepflow run order.asl.json --config stepflow.json --json | jq .output")
        {
            FilePath, CommonOptions.Input, CommonOptions.Name, VirtualTime, History, Quotas, Quiet, CommonOptions.Configuration, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        TextWriter error = arguments.InvocationConfiguration.Error;
        string path = arguments.GetRequiredValue(FilePath);
        (JsonValue input, string inputText) = await TextSource.ReadInputAsync(arguments.GetValue(CommonOptions.Input), "--input", cancellationToken);
        LoadedConfiguration configuration = await ConfigurationFile.ReadAsync(arguments.GetValue(CommonOptions.Configuration), cancellationToken);
        TimeProvider clock = arguments.GetValue(VirtualTime) ? new VirtualClock(DateTimeOffset.UtcNow) : TimeProvider.System;
        await using ServiceProvider services = new ServiceCollection()
            .AddLogging(logging => logging.AddStepFlowConsole())
            .AddLocalTasks(configuration)
            .BuildServiceProvider();
        Limits limits = ServiceSettings.QuotasOf(arguments.GetValue(Quotas) ?? configuration.Service.Limits);
        IntegrationCatalogue integrations = services.GetRequiredService<TaskRouter>().Catalogue;
        CheckedDefinition definition = await DefinitionSource.RequireAsync(path, StateMachineType.Standard, limits, integrations, error, cancellationToken);
        var runner = new InMemoryRunner(new InMemoryOptions { Tasks = services.GetRequiredService<ITaskRunner>(), Clock = clock });
        ProgressWatch? watch = arguments.GetValue(Quiet) ? null : new ProgressWatch(error);
        InMemoryExecution execution = await runner.RunAsync(
            definition.Machine!,
            Start(path, arguments.GetValue(CommonOptions.Name), input, inputText, clock.GetUtcNow(), limits),
            watch,
            cancellationToken);
        RunView.Write(arguments.InvocationConfiguration.Output, error, execution, arguments.GetValue(History), arguments.GetValue(CommonOptions.Json));
        return execution.Status == ExecutionStatus.Succeeded ? ExitCodes.Success : ExitCodes.ExecutionFailed;
    }

    private static ExecutionStart Start(string path, string? name, JsonValue input, string inputText, DateTimeOffset now, Limits limits)
    {
        string file = Path.GetFileName(path);
        string machine = file.Split('.')[0] is { Length: > 0 } stem and not "-" ? stem : "machine";
        name ??= now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        return new()
        {
            ExecutionArn = $"arn:aws:states:us-east-1:123456789012:execution:{machine}:{name}",
            Name = name,
            StateMachineArn = $"arn:aws:states:us-east-1:123456789012:stateMachine:{machine}",
            StateMachineName = machine,
            RoleArn = "arn:aws:iam::123456789012:role/stepflow",
            Input = input,
            InputText = inputText,
            Limits = limits,
            StartTime = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
            TokenSecret = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)),
        };
    }
}
