using StepFlow.Language.Evaluation;

namespace StepFlow.Integrations.Jobs;

/// <summary>The form of a Resource that is mapped to a job and has no other form: the arguments are the job's input.</summary>
internal sealed class PlainForm : JobForm
{
    public override string Name => string.Empty;

    public override string NameArgument => string.Empty;

    public override string JobName(ArgumentReader arguments) => string.Empty;

    public override JobRequest Read(TaskCall call, ArgumentReader arguments) => new(call);

    public override JsonObject Submitted(JobView view) => JsonObject.Create(("JobId", view.Id), ("JobName", view.Name), ("Status", "SUBMITTED"));

    public override JsonObject Ended(JobView view) => new JsonObjectBuilder()
        .Set("JobId", view.Id)
        .Set("JobName", view.Name)
        .Set("Status", view.Succeeded ? "SUCCEEDED" : view.State.Phase == JobPhase.Stopped ? "STOPPED" : "FAILED")
        .SetIfPresent("ExitCode", view.State.ExitCode is { } code ? code : null)
        .SetIfPresent("StartedAt", view.Time(view.State.StartTime))
        .SetIfPresent("StoppedAt", view.Time(view.State.EndTime))
        .SetIfPresent("ErrorMessage", view.Succeeded ? null : (JsonValue)view.State.Failure)
        .Build();

    public override TaskRejected Refuse(TaskCall call, string problem) => new(ErrorNames.Runtime, problem);

    public override TaskRejected NotFound(TaskCall call, string name, string hint) => new(ErrorNames.Runtime, JobErrors.NotFound(name).TrimEnd('.') + (hint.Length == 0 ? "." : hint));
}
