using Microsoft.Azure.Cosmos;

namespace StepFlow.Integrations.CosmosDb;

/// <summary>An action of <c>azure:cosmos</c>.</summary>
internal sealed class CosmosAction(string action, CosmosPreparation prepare, CosmosAccounts accounts, SettingHints hints) : ITaskIntegration
{
    public const string Service = "azure:cosmos";

    public string Name => $"{Service}:{action}";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string container = arguments.RequiredText("Container");
        string? database = arguments.Text("Database");
        CosmosRequest request = prepare(arguments, call);
        return arguments.Problem is { } problem ? new TaskRejected(CosmosErrors.InvalidArgument, problem)
            : accounts.Find(call, database, container) is { } found ? await request(found, cancellationToken)
            : CosmosErrors.NotConfigured(hints);
    }
}

/// <summary>Reads the arguments of a call, and reports invalid ones to the reader.</summary>
/// <returns>The request; sent only where nothing is wrong.</returns>
internal delegate CosmosRequest CosmosPreparation(ArgumentReader arguments, TaskCall call);

/// <summary>Sends the request of a call whose arguments are valid.</summary>
internal delegate Task<TaskOutcome> CosmosRequest(Container container, CancellationToken cancellationToken);
