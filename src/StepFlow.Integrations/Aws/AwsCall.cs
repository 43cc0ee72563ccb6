using StepFlow.Integrations.Identities;
using StepFlow.Language;
using StepFlow.Language.Evaluation;

namespace StepFlow.Integrations.Aws;

/// <summary>Calls services of AWS for tasks whose Resource the map sends there. Arguments, results and errors are as Step Functions has them.</summary>
internal sealed class AwsCall(AwsAccounts accounts, TaskIdentities identities, AwsOperations operations, AwsJobRunner jobs, AwsSecrets secrets)
{
    private const string SdkPrefix = "aws-sdk:";

    /// <summary>Runs a task.</summary>
    /// <param name="call">The task, whose Resource is an action of a service.</param>
    /// <param name="name">The account's name in the settings, where the task's <c>Credentials</c> choose no other.</param>
    public async Task<TaskOutcome> RunAsync(TaskCall call, string name, CancellationToken cancellationToken)
    {
        string service = call.Resource.IsSdk ? call.Resource.Service[SdkPrefix.Length..] : call.Resource.Service;
        name = identities.Of(call)?.Aws ?? name;
        if (accounts.Find(name) is not { } account)
        {
            return new TaskRejected(ErrorNames.Runtime, AwsErrors.UnknownAccount(name));
        }

        if (AwsProtocols.Find(service) is not { } protocol)
        {
            return new TaskRejected(ErrorNames.Runtime, AwsErrors.UnknownService(service));
        }

        if (call.Resource.Pattern is TaskPattern.Sync or TaskPattern.Sync2)
        {
            return AwsJobs.Find(service, call.Resource.Action) is { } kind
                ? await jobs.RunAsync(call, account, protocol, kind, cancellationToken)
                : new TaskRejected(ErrorNames.Runtime, AwsErrors.NoSync(call.Resource.Text));
        }

        string operation = char.ToUpperInvariant(call.Resource.Action[0]) + call.Resource.Action[1..];
        AwsCallResult called = await operations.CallAsync(call, account, protocol, operation, AwsMembers.ToWire(protocol, operation, call), cancellationToken);
        if (called.Failure is { } failure)
        {
            return failure;
        }

        JsonObject result = AwsMembers.FromWire(protocol, called.Members);
        result = account.Options.VisibleSecrets ? result : await secrets.HideAsync(call, account, protocol, operation, result, cancellationToken);
        return new TaskCompleted(AwsOperations.Shown(call, result, called.Response!));
    }
}
