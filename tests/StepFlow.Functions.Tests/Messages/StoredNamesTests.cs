using Microsoft.DurableTask;
using StepFlow.Functions.Messages;
using StepFlow.Functions.TaskHub;

namespace StepFlow.Functions.Tests.Messages;

/// <summary>Messages that an earlier version of the app has stored are read after an upgrade: names in their JSON stay.</summary>
public sealed class StoredNamesTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static DataConverter Converter => WorkerServices.Options.DataConverter;

    [Fact]
    public void TaskActivityResult_OfAnEarlierVersion_IsRead()
    {
        var read = Converter.Deserialize<TaskActivityResult>("""{"Kind":5,"AskAgain":"2026-01-01T00:00:00+00:00"}""")!;

        Assert.Equal((TaskActivityResultKind.Pending, Time), (read.Kind, read.PollTime));
        Assert.Contains("\"AskAgain\":", Converter.Serialize(read), StringComparison.Ordinal);
        Assert.Equal(TaskActivityResultKind.Cancelled, Converter.Deserialize<TaskActivityResult>("""{"Kind":4}""")!.Kind);
    }

    [Fact]
    public void TaskRequest_OfAnEarlierVersion_IsRead()
    {
        var read = Converter.Deserialize<TaskRequest>(
            """{"ExecutionArn":"e","ExecutionName":"n","InstanceId":"i","StateMachineArn":"m","TaskId":"t","StateName":"s","Resource":"r","Arguments":{},"HistoryPatience":"00:00:02"}""")!;

        Assert.Equal(TimeSpan.FromSeconds(2), read.LongestHistoryWait);
        Assert.Contains("\"HistoryPatience\":", Converter.Serialize(read), StringComparison.Ordinal);
    }

    [Fact]
    public void References_OfAnEarlierVersion_AreRead()
    {
        var inner = Converter.Deserialize<InnerPayload>("""{"Place":[1,2],"Payload":{}}""")!;
        var history = Converter.Deserialize<HistoryPayload>("""{"EventId":3,"Variable":null,"Payload":{},"Place":[4]}""")!;

        Assert.Equal([1, 2], inner.Path);
        Assert.Equal([4], history.Path);
        Assert.Contains("\"Place\":", Converter.Serialize(inner), StringComparison.Ordinal);
        Assert.Contains("\"Place\":", Converter.Serialize(history), StringComparison.Ordinal);
    }
}
