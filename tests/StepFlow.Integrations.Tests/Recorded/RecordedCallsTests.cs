using System.Text.RegularExpressions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Integrations.Tests.Recorded;

/// <summary>Every call of a service that AWS recorded is made here, and its result must equal that of AWS.</summary>
public sealed partial class RecordedCallsTests
{
    // Mocked by a configuration, not recorded from services.
    private const string Mocked = "local_mocking";

    // Knowingly different, each with its reason.
    private static readonly Dictionary<string, string> Different = new()
    {
        ["task_service_sqs_test_send_message_no_such_queue.json"] = "the recorded cause tells that a host name could not be resolved",
        ["task_service_sqs_test_send_message_no_such_queue_no_catch.json"] = "as above",
        ["lambda_task_service_test_invoke_unsupported_param.json"] = "functions here have no log whose tail could be returned",
        ["sns_task_service_test_publish_base_error_topic_arn.json"] = "the placeholder hides that the topic is another than the case's",
        ["sfn_scenarios_test_wait_for_callback#success__start_execution_result.json"] = "recorded over SQS's former protocol, XML: other headers",
        ["sfn_scenarios_test_wait_for_callback#failure__start_execution_result.json"] = "as above",
    };

    [Fact]
    public async Task RunAsync_EveryRecordedCall_HasTheResponseOfAws()
    {
        string? corpus = RecordedCases.Folder;
        Assert.SkipWhen(corpus is null, RecordedCases.Missing);
        string folder = Path.Combine(corpus, "asl");
        var handlers = (JsonObject)JsonValue.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "handlers.json"), TestContext.Current.CancellationToken));
        List<string> differences = [];
        int compared = 0;
        foreach (string file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(Path.GetDirectoryName(file)) == Mocked)
            {
                continue;
            }

            string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            if (Read(text) is not { } recorded || ((JsonObject)recorded["expected"]!)["history"] is not JsonArray history || Different.ContainsKey(Path.GetFileName(file)))
            {
                continue;
            }

            await using TestIntegrations integrations = new RecordedWorld(recorded, handlers).Integrate();
            HashSet<string> known = [.. integrations.Get<TaskRouter>().Names];
            int number = 0;
            foreach (RecordedCall call in RecordedCall.Read(history))
            {
                // An error that the interpreter itself raised is not the integration's response.
                if (IsKnown(call.Resource, known) && call.Error?.StartsWith("States.", StringComparison.Ordinal) != true)
                {
                    compared++;
                    string? difference = await CompareAsync(integrations, call, $"{file}/{number++}");
                    differences.AddRange(difference is null ? [] : [$"{Path.GetFileName(file)} {call.Resource}: {difference}"]);
                }
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {compared}:\n{string.Join("\n", differences)}");
        Assert.NotEqual(0, compared);
    }

    private static async Task<string?> CompareAsync(TestIntegrations integrations, RecordedCall recorded, string key)
    {
        TaskCall call = TestIntegrations.Call("lambda:invoke", "{}", key) with
        {
            StateMachineArn = "arn:<partition>:states:<region>:111111111111:stateMachine:machine",
            Resource = TaskResource.Parse(recorded.Resource),
            Arguments = recorded.Arguments,
        };
        TaskOutcome outcome = await integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken);

        // A function's runtime decides about white space; what holds placeholders has another length than it had.
        bool lengths = call.Resource.Service is "sqs" or "sns" || (call.Resource.Service != "lambda" && !recorded.Arguments.ToString().Contains('<', StringComparison.Ordinal));
        return (outcome, recorded.Output) switch
        {
            (TaskCompleted completed, { } output) => RecordedComparison.Difference(completed.Output, output, lengths),
            (TaskAccepted accepted, { } output) => RecordedComparison.Difference(accepted.Output, output, lengths),
            (TaskRejected rejected, null) when rejected.Error == recorded.Error => RecordedComparison.Difference(rejected.Cause ?? JsonValue.Null, recorded.Cause ?? JsonValue.Null, lengths),
            _ => $"{outcome} instead of {recorded}",
        };
    }

    // API Gateway's responses have the headers of its own network.
    private static bool IsKnown(string resource, HashSet<string> known)
    {
        TaskResource parsed = TaskResource.Parse(resource);
        return parsed.Kind == TaskResourceKind.Function || (parsed.Service != "apigateway" && known.Contains($"{parsed.Service}:{parsed.Action}"));
    }

    // A colon inside a placeholder would split an ARN in the wrong place; a topic's name shows whether it is FIFO.
    private static JsonObject? Read(string text)
    {
        if (JsonValue.ParseOrNull(text) is not JsonObject recorded || recorded["expected"] is null)
        {
            return null;
        }

        string? topic = ((JsonArray?)recorded["resources"] ?? JsonArray.Empty).OfType<JsonObject>()
            .Where(static resource => resource["kind"] == "sns-topic").Select(static resource => ((JsonString)resource["name"]!).Value).FirstOrDefault();
        text = topic is null ? text : text.Replace("<resource:1>", topic, StringComparison.Ordinal);
        return (JsonObject)JsonValue.Parse(Numbered().Replace(text, "<$1.$2>"));
    }

    [GeneratedRegex("<([a-z0-9_-]+):([0-9]+)>")]
    private static partial Regex Numbered();
}
