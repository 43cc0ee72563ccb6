using StepFlow.Language.Diagnostics;
using StepFlow.Language.Flow;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Conformance.Tests.Definitions;

/// <summary>The findings of the static data flow in real definitions, each kind with its reason; see the README.</summary>
public sealed class FlowFindingsTests
{
    /// <summary>
    /// Both keep only <c>$.store</c> of an output that their own Parameters have just made of <c>fooList</c> alone: the state can only fail.
    /// </summary>
    private static readonly string[] DataNeverThere =
    [
        "asl-validator/invalid-exercise-ajv-additional-properties.asl.json /States/PassState/OutputPath",
        "asl-validator/invalid-exercise-ajv.asl.json /States/PassState/OutputPath",
    ];

    [Fact]
    public void Of_WholeCorpus_WarnsOnlyOfWhatIsArgued()
    {
        string? corpus = RecordedCases.Folder;
        Assert.SkipWhen(corpus is null, RecordedCases.Missing);
        string folder = Path.Combine(corpus, "definitions");
        var argued = new List<string>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (TryParse(File.ReadAllText(file)) is not { } definition)
            {
                continue;
            }

            string text = definition.ToString();
            foreach (Diagnostic finding in FlowAnalysis.Of(definition))
            {
                if (finding.Code == DiagnosticCodes.EndlessWait)
                {
                    // True of every one of them: a callback, and nowhere in the machine's own fields or the task's a limit.
                    Assert.True(text.Contains(".waitForTaskToken", StringComparison.Ordinal) || text.Contains(":activity:", StringComparison.Ordinal), file);
                    Assert.False(definition is JsonObject machine && machine.ContainsKey("TimeoutSeconds"), file);
                }
                else
                {
                    argued.Add($"{Path.GetRelativePath(folder, file).Replace('\\', '/')} {finding.Location}");
                }
            }
        }

        Assert.Equal(DataNeverThere, argued);
    }

    private static JsonValue? TryParse(string text)
    {
        try
        {
            return JsonValue.Parse(text);
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }
}
