using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Local.Configuration;
using StepFlow.Local.Serving;

namespace StepFlow.Local.Tests.Docs;

/// <summary>The page of Resources: every name that is built in, with the patterns that it takes.</summary>
internal static class ResourcesReference
{
    private const string Prefix = "arn:aws:states:::";

    private static readonly string[] Patterns = [".sync", ".sync:2", ".waitForTaskToken"];

    /// <summary>Writes the page.</summary>
    public static string Write()
    {
        var configuration = new LoadedConfiguration(new ConfigurationBuilder().Build(), null, Path.GetTempPath());
        using ServiceProvider services = new ServiceCollection().AddLogging(static logging => logging.ClearProviders()).AddLocalTasks(configuration).BuildServiceProvider();
        TaskRouter router = services.GetRequiredService<TaskRouter>();
        var text = new StringBuilder("# Resources\n\n");
        text.Append("What is built in. In a definition a name stands behind `arn:aws:states:::`; those of Azure also alone (`azure:blob:getBlob`).\n")
            .Append("`src/StepFlow.Integrations/README.md` says what each reaches, with its settings, arguments and errors. Any other Resource gets a\n")
            .Append("meaning by an entry of the setting `Resources`, and `stepflow resources FILE` tells which Resources of a definition have one.\n\n")
            .Append(Reference.Made)
            .Append("Functions' own ARNs (`arn:aws:lambda:REGION:ACCOUNT:function:NAME`) and activities (`arn:aws:states:REGION:ACCOUNT:activity:NAME`) are Resources too.\n\n");
        string[] names = [.. router.Names.Where(name => name != TaskRouter.FunctionArn && router.Catalogue.Recognises(TaskResource.Parse(Prefix + name))).Order(StringComparer.Ordinal)];
        foreach (IGrouping<string, string> group in names.GroupBy(static name => name.StartsWith("azure:", StringComparison.Ordinal) ? "Azure" : name.StartsWith("aws-sdk:", StringComparison.Ordinal) ? "AWS SDK" : "AWS, optimized").OrderBy(static one => one.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"## {group.Key}\n\n| Resource | besides |\n|---|---|\n");
            foreach (string name in group)
            {
                string patterns = string.Join(", ", Patterns.Where(pattern => router.Catalogue.Recognises(TaskResource.Parse(Prefix + name + pattern))).Select(static pattern => $"`{pattern}`"));
                text.Append(CultureInfo.InvariantCulture, $"| `{name}` | {patterns} |\n");
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }
}
