namespace StepFlow.Integrations.Jobs;

/// <summary>The form of a service of AWS.</summary>
/// <param name="service">How the service signs failures.</param>
/// <param name="invalid">Its exception for arguments that are wrong.</param>
/// <param name="notFound">Its exception for a job that is not there.</param>
/// <param name="notFoundMessage">The message for that error; <c>{0}</c> is the job's name.</param>
internal abstract class AwsJobForm(AwsService service, string invalid, string notFound, string notFoundMessage) : JobForm
{
    public sealed override TaskRejected Refuse(TaskCall call, string problem) => service.Fail(call, AwsFailure.Modelled(invalid, problem));

    public sealed override TaskRejected NotFound(TaskCall call, string name, string hint) =>
        service.Fail(call, AwsFailure.Modelled(notFound, string.Format(System.Globalization.CultureInfo.InvariantCulture, notFoundMessage, name)), hint);

    public override string MediaType => "application/x-amz-json-1.1";

    public override string JobName(ArgumentReader arguments) => NameIn(arguments.RequiredText(NameArgument));
}
