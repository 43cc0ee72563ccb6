using System.Security.Cryptography;
using StepFlow.Language;
using StepFlow.Runtime.Express;
using StepFlow.Service.Payloads;

namespace StepFlow.Service.Executions;

/// <summary>Starts executions: Standard ones on the durable host, Express ones in memory or by the port <see cref="IExpressStarts"/>.</summary>
internal sealed class ExecutionStarter(
    StartTargets targets,
    IExecutionHost host,
    ExpressExecutions express,
    IExpressStarts expressStarts,
    PayloadText payloads,
    ArnFormat arns,
    ServiceOptions options,
    TimeProvider time)
{
    /// <summary>Starts an execution; a Standard one is durable when this returns.</summary>
    /// <returns>How it, or the running one of the same name and input, was started.</returns>
    /// <exception cref="ApiException">As StartExecution.</exception>
    public async Task<ExecutionStart> StartAsync(StartCall call, CancellationToken cancellationToken)
    {
        StartTarget target;
        try
        {
            target = await targets.ResolveAsync(call.StateMachineArn, cancellationToken);
        }
        catch (ApiException refusal) when (refusal.Error.Code is ErrorCodes.StateMachineDoesNotExist or ErrorCodes.StateMachineDeleting && call.ParentTask is not null)
        {
            // A repeated task finds its execution even if the state machine was deleted in the meantime.
            if (await FindStartedAsync(call, cancellationToken) is not { } started)
            {
                throw;
            }

            return started;
        }

        ExecutionRequest request = Prepare(call, target);
        if (target.Machine.Type == StateMachineType.Express)
        {
            await expressStarts.StartAsync(request, cancellationToken);
            return request.Start;
        }

        StartOutcome outcome = await host.StartAsync(request, cancellationToken);
        if (outcome.Created)
        {
            return outcome.Execution.Start;
        }

        // The same name with the same input returns the running execution. A task that is repeated after
        // a crash gets the execution that it has started, even if that has ended in the meantime.
        bool repeated = IsStartedBy(call, outcome.Execution)
            || (outcome.Execution.Status == ExecutionStatus.Running && outcome.Execution.Start.Input.Equals(request.Start.Input));
        return repeated ? outcome.Execution.Start : throw ApiErrors.ExecutionAlreadyExists(request.Start.ExecutionArn);
    }

    /// <summary>Runs an Express execution to its end, at most once. It is aborted if its caller disconnects.</summary>
    /// <exception cref="ApiException">As StartSyncExecution.</exception>
    public async Task<ExecutionRecord> RunAsync(StartCall call, CancellationToken cancellationToken)
    {
        StartTarget target = await targets.ResolveAsync(call.StateMachineArn, cancellationToken);
        return target.Machine.Type == StateMachineType.Express
            ? await express.RunAsync(Prepare(call, target, isSynchronous: true), cancellationToken)
            : throw ApiErrors.TypeNotSupported();
    }

    private static bool IsStartedBy(StartCall call, ExecutionRecord execution) => call.ParentTask is not null && execution.Request.ParentTask == call.ParentTask;

    private async Task<ExecutionStart?> FindStartedAsync(StartCall call, CancellationToken cancellationToken)
    {
        string machine = MachineArn.Read(Arn.Parse(call.StateMachineArn.Split('#')[0], Arn.StateMachineType)).Name;
        ExecutionRecord? started = call.Name is { } name ? await host.FindAsync(arns.Execution(machine, name), cancellationToken) : null;
        return started is not null && IsStartedBy(call, started) ? started.Start : null;
    }

    private ExecutionRequest Prepare(StartCall call, StartTarget target, bool isSynchronous = false)
    {
        bool isExpress = target.Machine.Type == StateMachineType.Express;
        if (call.Name is { } given)
        {
            ResourceNames.Check(given);
        }

        JsonValue input = payloads.Input(call.Input);
        string name = call.Name ?? RandomIds.Next();
        string machineName = target.Machine.Name;
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var start = new ExecutionStart
        {
            ExecutionArn = isExpress ? arns.Express(machineName, name, RandomIds.Next()) : arns.Execution(machineName, name),
            Name = name,
            StateMachineArn = target.Machine.Arn,
            StateMachineName = machineName,
            RoleArn = target.Configuration.RoleArn,
            Input = input,
            InputText = call.Input,
            StartTime = DateTimeOffset.FromUnixTimeMilliseconds(now),
            Region = arns.Region,
            IsExpress = isExpress,
            IsSynchronous = isSynchronous,
            Limits = options.Limits,
            StateMachineVersionArn = target.VersionArn,
            StateMachineAliasArn = target.AliasArn,
            TokenSecret = isExpress ? null : RandomNumberGenerator.GetHexString(32, lowercase: true),
        };
        return new(start, target.Configuration.Definition)
        {
            ParentExecutionArn = call.ParentExecutionArn,
            ParentTask = call.ParentTask,
            MockTestCase = target.TestCase,
            Configuration = ExecutionView.StoredConfiguration(target.Configuration.ForExecution(), call.StartedBy),
            TraceHeader = call.TraceHeader,
        };
    }
}
