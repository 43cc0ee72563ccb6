using StepFlow.Integrations.Responses;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Rest;

/// <summary>
/// <c>azure:openai:createChatCompletion</c> and <c>azure:openai:createEmbeddings</c>: the API of Azure OpenAI, or of anything
/// that speaks it, at the REST target <c>openai</c> or the one that <c>Target</c> names. The arguments are the request
/// (<c>model</c>, <c>messages</c>, <c>input</c>, …), and the answer is the result, with the tokens that were used in <c>usage</c>.
/// </summary>
internal sealed class OpenAiAction(RestTargets targets, RestRunner runner, SettingHints hints, string action, string path) : ITaskIntegration
{
    private const string Default = "openai";
    private const string TargetArgument = "Target";

    /// <summary>The actions, and where they are.</summary>
    public static readonly (string Action, string Path)[] All = [("createChatCompletion", "/chat/completions"), ("createEmbeddings", "/embeddings")];

    public string Name => "azure:openai:" + action;

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string name = arguments.Text(TargetArgument) ?? Default;
        arguments.RequiredText("model");
        if (arguments.Boolean("stream") == true)
        {
            arguments.Refuse("The argument 'stream' must not be true: a task has one result.");
        }

        if (arguments.Problem is { } problem)
        {
            return new TaskRejected("OpenAI.InvalidArgument", problem);
        }

        if (targets.Find(name) is not { } target)
        {
            return new TaskRejected("OpenAI.TargetNotFound", $"The REST target '{name}' is not known{(hints.Add($"Rest:{name}:Url") is { Length: > 0 } hint ? hint : ".")}");
        }

        var own = new Uri(target.Options.Url!);
        var request = new RestRequest(HttpMethod.Post, Http.HttpRequestReader.WithQuery(new UriBuilder(own) { Path = own.AbsolutePath.TrimEnd('/') + path }.Uri, null, target.Connection))
        {
            Body = ((JsonObject)call.Arguments).Without(TargetArgument),
        };
        TaskOutcome outcome = await runner.RunAsync(call, target, request, static response => response.Body, cancellationToken);
        return outcome is TaskRejected rejected ? rejected with { Error = RestErrors.Renamed(rejected.Error, "OpenAI.") } : outcome;
    }
}
