using System.Reflection;
using StepFlow.Execution.History;
using StepFlow.Language.Json;

namespace StepFlow.Execution.Tests;

public sealed class EventPayloadsTests
{
    private static readonly JsonValue Before = JsonValue.Parse("[1]");

    public static TheoryData<EventDetails> Details =>
    [
        new ExecutionStartedDetails(Before, "arn:role"),
        new OutputDetails(Before),
        new StateEnteredDetails("A", Before),
        new StateExitedDetails("A", Before, JsonObject.Create(("x", Before), ("y", 2))),
        new TaskScheduledDetails("lambda", "invoke", "us-east-1", Before),
        new LambdaFunctionScheduledDetails("arn", Before),
        new ActivityScheduledDetails("arn", Before),
        new TaskOutputDetails("lambda", "invoke", Before),
    ];

    [Fact]
    public void Details_WithAPayload_AreAllKnown()
    {
        IEnumerable<Type> holding = typeof(EventDetails).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(EventDetails)))
            .Where(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Any(p => p.PropertyType == typeof(JsonValue)));

        Assert.Equal(holding.OrderBy(t => t.Name), Details.Select(row => row.Data.GetType()).OrderBy(t => t.Name));
    }

    [Theory]
    [MemberData(nameof(Details))]
    public void With_ForEachPayload_ReplacesItAndNothingElse(EventDetails details)
    {
        HistoryEvent before = Event(details);
        foreach ((string? variable, JsonValue value) in EventPayloads.Of(before))
        {
            HistoryEvent changed = EventPayloads.With(before, variable, "after");

            Assert.Equal(new JsonString("after"), EventPayloads.Of(changed).Single(p => p.Variable == variable).Value);
            Assert.Equal(details, EventPayloads.With(changed, variable, value).Details);
        }
    }

    [Fact]
    public void With_OfAnEventWithoutPayload_Throws()
    {
        HistoryEvent failed = Event(new FailureDetails("E", null));

        Assert.Empty(EventPayloads.Of(failed));
        Assert.Throws<ArgumentException>(() => EventPayloads.With(failed, null, "x"));
        Assert.Throws<ArgumentException>(() => EventPayloads.With(failed, "x", "x"));
    }

    private static HistoryEvent Event(EventDetails details) =>
        new() { Id = 7, PreviousEventId = 6, Timestamp = DateTimeOffset.UnixEpoch, Type = HistoryEventType.TaskStateExited, Details = details };
}
