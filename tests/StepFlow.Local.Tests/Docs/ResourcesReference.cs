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
        var configuration = new LoadedConfiguration(new ConfigurationBuilder().Build(), null, AppContext.BaseDirectory);
        using ServiceProvider services = new ServiceCollection().AddLogging(static logging => logging.ClearProviders()).AddLocalTasks(configuration).BuildServiceProvider();
        TaskRouter router = services.GetRequiredService<TaskRouter>();
        var text = new StringBuilder("# Resources\n\n");
        text.Append("The built-in Resources. In a definition, write `arn:aws:states:::` before the name. Azure names also work without it (`azure:blob:getBlob`).\n")
            .Append("`src/StepFlow.Integrations/README.md` describes what each calls, with its settings, arguments and errors. The setting `Resources` maps\n")
            .Append("other Resources. `stepflow resources FILE` shows what the Resources of a definition call.\n\n")
            .Append(Reference.Made)
            .Append("ARNs of functions (`arn:aws:lambda:REGION:ACCOUNT:function:NAME`) and of activities (`arn:aws:states:REGION:ACCOUNT:activity:NAME`) are Resources too.\n\n");
        string[] names = [.. router.Names.Where(name => name != TaskRouter.FunctionArn && router.Catalogue.Recognises(TaskResource.Parse(Prefix + name))).Order(StringComparer.Ordinal)];
        foreach (IGrouping<string, string> group in names.GroupBy(static name => name.StartsWith("azure:", StringComparison.Ordinal) ? "Azure" : name.StartsWith("aws-sdk:", StringComparison.Ordinal) ? "AWS SDK" : "AWS, optimized").OrderBy(static one => one.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"## {group.Key}\n\n| Resource | patterns |\n|---|---|\n");
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
