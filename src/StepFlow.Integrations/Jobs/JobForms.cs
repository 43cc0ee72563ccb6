using StepFlow.Language;

namespace StepFlow.Integrations.Jobs;

/// <summary>The services that start jobs.</summary>
internal static class JobForms
{
    private const string SdkPrefix = "aws-sdk:";

    private static readonly PlainForm Plain = new();

    public static IReadOnlyList<JobForm> All { get; } = [new EcsForm(), new BatchForm(), new GlueForm(), new CodeBuildForm(), new MediaConvertForm(), new ContainerAppsForm()];

    /// <summary>The names of a form: its own and, for a service of AWS, that of the SDK.</summary>
    public static IEnumerable<string> NamesOf(JobForm form) => form is AwsJobForm ? [form.Name, SdkPrefix + form.Name] : [form.Name];

    /// <summary>The form of a Resource; the plain one where no service's fits.</summary>
    public static JobForm Of(TaskResource resource) => Find(resource) ?? Plain;

    /// <summary>The form of a Resource; null where no service's fits.</summary>
    public static JobForm? Find(TaskResource resource)
    {
        string name = $"{resource.Service}:{resource.Action}";
        return All.FirstOrDefault(form => NamesOf(form).Contains(name));
    }
}
