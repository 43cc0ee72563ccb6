namespace StepFlow.Integrations.Jobs;

/// <summary><c>azure:containerapps:startJob</c>: names a job of the settings. <c>Arguments</c> and <c>Environment</c> override the configured ones.</summary>
internal sealed class ContainerAppsForm : JobForm
{
    public override string Name => "azure:containerapps:startJob";

    public override string NameArgument => "Job";

    public override string FailureName => "ContainerApps.JobFailed";

    public override string JobName(ArgumentReader arguments) => arguments.RequiredText(NameArgument);

    public override string NameIn(string text) => text;

    public override JobRequest Read(TaskCall call, ArgumentReader arguments) => new(call)
    {
        Arguments = List(arguments.Array("Arguments")),
        Environment = Texts(arguments.Object("Environment")),
    };

    public override JsonObject Submitted(JobView view) => JsonObject.Create(("Id", view.State.Id), ("Name", view.Name), ("Status", "Running"));

    public override JsonObject Ended(JobView view) => new JsonObjectBuilder()
        .Set("Id", view.State.Id)
        .Set("Name", view.Name)
        .Set("Status", view.State.Phase.ToString())
        .SetIfPresent("ExitCode", view.State.ExitCode is { } code ? code : null)
        .SetIfPresent("StartTime", Time(view.State.StartTime))
        .SetIfPresent("EndTime", Time(view.State.EndTime))
        .SetIfPresent("Message", view.Succeeded ? null : (JsonValue)view.State.Failure)
        .Build();

    public override TaskRejected Refuse(TaskCall call, string problem) => new("ContainerApps.InvalidArgument", problem);

    public override TaskRejected NotFound(TaskCall call, string name, string hint) => new("ContainerApps.JobNotFound", JobErrors.NotFound(name).TrimEnd('.') + (hint.Length == 0 ? "." : hint));

    private static JsonString? Time(DateTimeOffset? time) => time is { } at ? new JsonString(IsoTime.Milliseconds(at)) : null;
}
