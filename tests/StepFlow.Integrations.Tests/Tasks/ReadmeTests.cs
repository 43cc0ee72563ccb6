using System.Text.RegularExpressions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Catalogue;
using StepFlow.Testing;

namespace StepFlow.Integrations.Tests.Tasks;

/// <summary>The tables of Resources in the READMEs agree with the catalogue and the host.</summary>
public sealed partial class ReadmeTests
{
    private const string Prefix = "arn:aws:states:::";

    /// <summary>The table of this project names every integration that a definition may name, and nothing else.</summary>
    [Fact]
    public async Task Integrations_InTheProjectsReadme_AreThoseOfTheHost()
    {
        await using var integrations = new TestIntegrations([]);
        TaskRouter router = integrations.Get<TaskRouter>();
        string[] expected = [.. router.Names.Where(name => name != TaskRouter.FunctionArn && router.Catalogue.Recognises(TaskResource.Parse(Prefix + name))).Order(StringComparer.Ordinal)];

        string[] told = [.. (await NamesAsync("src/StepFlow.Integrations/README.md")).Where(static name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];

        Assert.Equal(expected, told);
    }

    /// <summary>The table of the product's README names only what is there, with the patterns that the catalogue gives it.</summary>
    [Fact]
    public async Task Integrations_InTheProductsReadme_AreKnownWithTheirPatterns()
    {
        await using var integrations = new TestIntegrations([]);
        TaskRouter router = integrations.Get<TaskRouter>();
        var patterns = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        string last = string.Empty;
        foreach (string name in await NamesAsync("README.md"))
        {
            if (name.StartsWith('.'))
            {
                patterns[last].Add(name);
                continue;
            }

            patterns[last = name] = [];
            Assert.Contains(name, router.Names);
            Assert.True(router.Catalogue.Recognises(TaskResource.Parse(Prefix + name)), name);
        }

        Assert.NotEmpty(patterns["states:startExecution"]);
        foreach ((string name, List<string> told) in patterns.Where(static entry => entry.Value.Count > 0))
        {
            string[] known = [.. ((string[])[".sync", ".sync:2", ".waitForTaskToken"]).Where(pattern => IntegrationCatalogue.Aws.Recognises(TaskResource.Parse(Prefix + name + pattern)))];
            Assert.Equal(known, told);
        }
    }

    /// <summary>
    /// The names in the first column: a name with its service (<c>lambda:invoke</c>), a service (<c>azure:blob:</c>) before
    /// its actions, an action of the service before it, or a pattern of the name before it (<c>.sync</c>).
    /// </summary>
    private static async Task<IReadOnlyList<string>> NamesAsync(string file)
    {
        var names = new List<string>();
        foreach (string line in (await File.ReadAllLinesAsync(Path.Combine(Repository.Root, file), TestContext.Current.CancellationToken))
            .SkipWhile(static line => !line.StartsWith("| Resource ", StringComparison.Ordinal))
            .TakeWhile(static line => line.StartsWith('|'))
            .Skip(2))
        {
            string service = string.Empty;
            foreach (Match match in Quoted().Matches(line.Split('|')[1]))
            {
                string name = match.Value.Trim('`').Replace(Prefix, string.Empty, StringComparison.Ordinal);
                if (name.StartsWith("arn:", StringComparison.Ordinal) || name.EndsWith('…'))
                {
                    // A function's or an activity's own ARN; all of a service.
                    continue;
                }

                int end = name.LastIndexOf(':');
                bool isPattern = name.StartsWith('.');
                service = isPattern || end < 0 ? service : name[..(end + 1)];
                if (!name.EndsWith(':'))
                {
                    names.Add(isPattern || end >= 0 ? name : service + name);
                }
            }
        }

        return names;
    }

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Quoted();
}
