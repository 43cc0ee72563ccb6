using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Functions.Storage;
using StepFlow.Hosting.Compliance;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Service;

namespace StepFlow.Functions.Tests.TaskHub;

/// <summary>An instance of the app ends between taking an activity's task and handing it to its worker: another worker gets it.</summary>
public sealed class ActivityCrashTests(AzuriteFixture azurite)
{
    private const string Activity = "arn:aws:states:us-east-1:123456789012:activity:work";

    private static readonly string Definition = $$"""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"{{Activity}}","End":true} } }""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Task_TakenByAnInstanceThatEnds_IsGivenToAnother(bool startWasRecorded)
    {
        await using var fixture = new HubHostFixture(azurite)
        {
            Configure = services => services.Replace(ServiceDescriptor.Singleton<IActivityQueue>(provider => new QueuedActivityTasks(
                provider.GetRequiredService<QueueServiceClient>(), provider.GetRequiredService<IDocumentStore>(), TimeProvider.System)
            {
                Claim = TimeSpan.FromSeconds(1),
            })),
        };
        await fixture.StartAsync();
        await fixture.CreateActivityAsync("work");
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Definition), Cancelled);
        ActivityTask taken = (await fixture.Activities.DequeueAsync(Activity, TimeSpan.FromMinutes(2), Cancelled))!;
        if (startWasRecorded)
        {
            Assert.True(await fixture.Host.SignalAsync(taken.ExecutionArn, new TaskStarted(fixture.Now, taken.TaskId, "gone"), Cancelled));
        }

        await fixture.RestartAsync();
        JsonObject task = JsonObject.Empty;
        while (!task.ContainsKey("taskToken"))
        {
            // A poll that finds nothing for a minute gives nothing; a worker polls again.
            task = await CallAsync(fixture, "GetActivityTask", ("activityArn", Activity), ("workerName", "here"));
        }

        await CallAsync(fixture, "SendTaskSuccess", ("taskToken", task["taskToken"]!), ("output", "1"));

        Assert.Equal(ExecutionStatus.Succeeded, (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancelled))!.Status);
        HistoryPage history = await fixture.Host.HistoryAsync(Requests.Arn("a"), null, 100, reverse: false, Cancelled);
        Assert.Single(history, entry => entry.Type == HistoryEventType.ActivityStarted);
    }

    private static async Task<JsonObject> CallAsync(HubHostFixture fixture, string operation, params (string Name, JsonValue Value)[] members)
    {
        ApiResult result = await fixture.App.Get<StepFunctionsService>().InvokeAsync(operation, JsonObject.Create(members), CallerContext.Internal, Cancelled);
        Assert.True(result.IsSuccess, result.Error?.Message);
        return result.Response;
    }
}
