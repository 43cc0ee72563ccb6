namespace StepFlow.Integrations.Jobs;

/// <summary>The form of the arguments and results of a service that starts jobs.</summary>
internal abstract class JobForm
{
    /// <summary>Service and action, as a Resource names them.</summary>
    public abstract string Name { get; }

    /// <summary>The argument with the job's name, for reading definitions.</summary>
    public abstract string NameArgument { get; }

    /// <summary>The job that the arguments mean.</summary>
    public abstract string JobName(ArgumentReader arguments);

    /// <summary>The job's name in an argument: a name, a name with its revision, or an ARN.</summary>
    public virtual string NameIn(string text) => text[(text.LastIndexOf('/') + 1)..].Split(':')[0];

    /// <summary>The request. Problems of the arguments are reported to the reader.</summary>
    public abstract JobRequest Read(TaskCall call, ArgumentReader arguments);

    /// <summary>The response to the request.</summary>
    public abstract JsonObject Submitted(JobView view);

    /// <summary>The description of a job that has ended: the result, or as a text the cause.</summary>
    public abstract JsonObject Ended(JobView view);

    /// <summary>The media type of the service's responses; null for a service whose results have no metadata.</summary>
    public virtual string? MediaType => null;

    /// <summary>The error of a job that did not end well.</summary>
    public virtual string FailureName => Language.Evaluation.ErrorNames.TaskFailed;

    /// <summary>The arguments cannot be used.</summary>
    public abstract TaskRejected Refuse(TaskCall call, string problem);

    /// <summary>No setting names the job.</summary>
    public abstract TaskRejected NotFound(TaskCall call, string name, string hint);

    /// <summary>A list of <c>{"Name": …, "Value": …}</c>. Other elements are reported to the reader.</summary>
    protected static Dictionary<string, string> Pairs(ArgumentReader arguments, JsonArray? list, string argument)
    {
        var pairs = new Dictionary<string, string>();
        foreach (JsonValue item in list ?? JsonArray.Empty)
        {
            if (item is JsonObject pair && pair["Name"] is JsonString name && pair["Value"] is { } value)
            {
                pairs[name.Value] = Text(value);
            }
            else
            {
                arguments.Refuse(TaskErrors.InvalidArgument(argument, "a list of {\"Name\": …, \"Value\": …}"));
            }
        }

        return pairs;
    }

    protected static Dictionary<string, string> Texts(JsonObject? members) => (members ?? JsonObject.Empty).ToDictionary(static pair => pair.Key, static pair => Text(pair.Value));

    protected static string[]? List(JsonArray? list) => list is null ? null : [.. list.Select(Text)];

    private static string Text(JsonValue value) => value is JsonString text ? text.Value : value.ToString();
}

/// <summary>A job as a task sees it.</summary>
internal sealed record JobView(TaskCall Call, string Name, JobState State, DateTimeOffset Now)
{
    /// <summary>The task's arguments.</summary>
    public JsonObject Arguments => Call.Arguments as JsonObject ?? JsonObject.Empty;

    /// <summary>The job's id in the form of a UUID.</summary>
    public string Id => RequestId.Derive(Call.IdempotencyKey, "job");

    /// <summary>Whether it ended well.</summary>
    public bool Succeeded => State.Phase == JobPhase.Succeeded;

    /// <summary>An ARN of the execution's region and account.</summary>
    public string Arn(string service, string resource) => Call.Arn(service, resource) ?? resource;

    /// <summary>A time in the form of the integration: milliseconds since 1970, or for the SDK a text. Null for none.</summary>
    public JsonValue? Time(DateTimeOffset? time) => time is not { } at ? null : Call.Resource.IsSdk ? IsoTime.Milliseconds(at) : at.ToUnixTimeMilliseconds();
}
