namespace StepFlow.Integrations.Rest;

/// <summary>
/// <c>azure:openai:createChatCompletion</c> and <c>azure:openai:createEmbeddings</c>: the API of Azure OpenAI, or a compatible
/// one, at the REST target <c>openai</c> or <c>Target</c>. The arguments are the request
/// (<c>model</c>, <c>messages</c>, <c>input</c>, …), and the response is the result, with the used tokens in <c>usage</c>.
/// </summary>
internal sealed class OpenAiAction(RestServices services, string action, string path) : ITaskIntegration
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

        return await services.RunAsync(
            call,
            "OpenAI",
            name,
            "TargetNotFound",
            target => new(HttpMethod.Post, RestServices.Below(target, path)) { Body = ((JsonObject)call.Arguments).Without(TargetArgument) },
            static response => response.Body,
            cancellationToken);
    }
}
