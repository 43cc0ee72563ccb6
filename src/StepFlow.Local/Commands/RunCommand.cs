using System.CommandLine;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Catalogue;
using StepFlow.Language.Evaluation;
using StepFlow.Local.Configuration;
using StepFlow.Local.Debugging;
using StepFlow.Local.Definitions;
using StepFlow.Local.Explanations;
using StepFlow.Local.MemoryRuns;
using StepFlow.Local.Serving;
using StepFlow.Local.Sources;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.Mocks;
using StepFlow.Service.Configuration;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow run FILE</c>: one execution in memory.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> FilePath = new("FILE") { Description = "The definition: JSON, YAML, the response of describe-state-machine, or a template. - for standard input." };

    private static readonly Option<bool> VirtualTime = new("--virtual-time") { Description = "Waits and retry intervals take no time." };

    private static readonly Option<bool> History = new("--history") { Description = "Show the history events at the end." };

    private static readonly Option<LimitsChoice?> Quotas = new("--limits")
    {
        Description = "The quotas: none, or aws for those of Step Functions. Default the configuration's Limits.",
        HelpName = "none|aws",
    };

    private static readonly Option<bool> Explain = new("--explain") { Description = "At the end, show the data at each stage of each state." };

    private static readonly Option<string?> Mocks = new("--mocks")
    {
        Description = "A mock configuration file of Step Functions Local. States in it take their results from it. Other states call their tasks.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Case = new("--case") { Description = "The test case of the mock configuration. Default the only test case.", HelpName = "NAME" };

    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "No progress." };

    public static Command Create() => new ExampleCommand(
        "run",
        "Runs one execution in memory. Progress goes to standard error, the output to standard output.",
        "stepflow run order.asl.json --input '{\"id\": 7}'",
        "stepflow run order.asl.json --input order-7.json --virtual-time --history",
        "stepflow run order.asl.json --limits aws",
        "stepflow run order.asl.json --explain --mocks mocks.json --case HappyPath",
        "stepflow run order.asl.json --breakpoint Charge --virtual-time",
        "stepflow run order.asl.json --config stepflow.json --json | jq .output")
    {
        FilePath, CommonOptions.Input, CommonOptions.Name, CommonOptions.Substitute, CommonOptions.Machine, VirtualTime, History, Explain, RunBreakpoints.Option, Mocks, Case, Quotas, Quiet, CommonOptions.Configuration, CommonOptions.Wide, CommonOptions.Json,
    }.Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        TextWriter error = arguments.InvocationConfiguration.Error;
        string path = arguments.GetRequiredValue(FilePath);
        NamedDefinition read = await DefinitionSource.ReadOneAsync(path, CommonOptions.ReadSource(arguments), cancellationToken);
        (JsonValue input, string inputText) = await TextSource.ReadInputAsync(arguments.GetValue(CommonOptions.Input), "--input", cancellationToken);
        LoadedConfiguration configuration = await CommonOptions.ReadConfigurationAsync(arguments, cancellationToken);
        TimeProvider clock = arguments.GetValue(VirtualTime) ? new VirtualClock(TimeProvider.System.GetUtcNow()) : TimeProvider.System;
        await using ServiceProvider services = LocalServices.BuildTasks(configuration);
        Limits limits = ServiceSettings.QuotasOf(arguments.GetValue(Quotas) ?? configuration.Service.Limits);
        IntegrationCatalogue integrations = services.GetRequiredService<TaskRouter>().Catalogue;
        CheckedDefinition definition = await DefinitionSource.RequireAsync(read, StateMachineType.Standard, limits, integrations, error);
        (MockConfiguration? mocks, MockCase? mocked) = RunMocks.Read(arguments.GetValue(Mocks), arguments.GetValue(Case), definition.Name);
        using var run = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using BreakpointDebugger? debugger = RunBreakpoints.Read(arguments, definition.Machine!, path == "-" || arguments.GetValue(CommonOptions.Input) == "-", clock, run.Cancel);
        var runner = new InMemoryRunner(new InMemoryOptions
        {
            Tasks = services.GetRequiredService<ITaskRunner>(),
            Clock = clock,
            Mocks = mocks ?? MockConfiguration.None,
            Debugger = debugger,
        });
        ProgressWatch? watch = arguments.GetValue(Quiet) ? null : new ProgressWatch(error);
        var request = new ExecutionRequest(
            RunStart.Create(mocked?.Machine ?? definition.Name, arguments.GetValue(CommonOptions.Name), input, inputText, clock.GetUtcNow(), limits), string.Empty)
        { MockTestCase = mocked?.Name };
        InMemoryExecution execution;
        try
        {
            execution = await runner.RunAsync(definition.Machine!, request, watch, run.Token);
        }
        catch (OperationCanceledException) when (debugger is { HasQuit: true })
        {
            await error.WriteLineAsync("The run was ended at a breakpoint.");
            return ExitCodes.ExecutionFailed;
        }

        IReadOnlyList<(StateVisit, JsonObject)>? explained = arguments.GetValue(Explain) ? await Explanation.OfAsync(definition.Machine!, execution, clock, cancellationToken) : null;
        new RunView(arguments, error) { WithHistory = arguments.GetValue(History) }.Write(execution, explained);
        return execution.Status == ExecutionStatus.Succeeded ? ExitCodes.Success : ExitCodes.ExecutionFailed;
    }
}
