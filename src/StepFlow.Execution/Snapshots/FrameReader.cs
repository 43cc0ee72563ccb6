using System.Globalization;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Interpretation;
using StepFlow.Execution.Tokens;
using StepFlow.Language;

namespace StepFlow.Execution.Snapshots;

/// <summary>Reads frames.</summary>
/// <param name="executionArn">The execution. The tokens of its tasks are computed from its ARN.</param>
internal sealed class FrameReader(string executionArn, string? tokenSecret)
{
    private readonly List<(int Position, Frame Frame)> _queue = [];

    /// <summary>The queued frames, in order.</summary>
    public IEnumerable<Frame> Queue => _queue.OrderBy(entry => entry.Position).Select(entry => entry.Frame);

    public Frame Read(SnapshotNode node, StateGraph graph, Frame? parent = null, MapGroup? map = null)
    {
        int index = (int)node.Number("index");
        JsonValue input = node.Flag("isItem") && map is not null ? map.Item(index) : node.Payload("input");
        var variables = new VariableScope(parent?.Variables, node.OptionalPayload("variables") as JsonObject ?? JsonObject.Empty);
        string stateName = node.Text("state");
        var frame = new Frame(graph, parent, index, input, variables)
        {
            State = graph.States.GetValueOrDefault(stateName)
                ?? throw new SnapshotFormatException($"The definition has no state '{stateName}' here. It is not the definition that the execution was started with."),
            Phase = Enum.TryParse(node.Text("phase"), out FramePhase phase) ? phase : throw new SnapshotFormatException("A phase is unknown."),
            LastEventId = node.Number("lastEvent"),
            EnteredEventId = node.Number("entered"),
            BeforeEnteredEventId = node.Number("beforeEntered"),
            EnteredTime = node.OptionalTime("enteredTime") ?? default,
            RetryCount = (int)node.Number("retryCount"),
            RetrierCounts = node.Has("retriers") ? Counts(node.Array("retriers")) : null,
            Timer = node.OptionalTimer("timer"),
        };
        if (node.OptionalNumber("queued") is { } position)
        {
            _queue.Add(((int)position, frame));
        }

        frame.Task = node.OptionalNode("task") is { } task ? Task(task, frame) : null;
        frame.MapRun = node.OptionalNode("mapRun") is { } run ? MapRun(run, frame) : null;
        if (node.OptionalNode("group") is { } group)
        {
            ReadGroup(group, frame);
        }

        return frame;
    }

    private TaskAttempt Task(SnapshotNode node, Frame frame)
    {
        if (frame.State is not CompiledTask state)
        {
            throw new SnapshotFormatException($"The state '{frame.State.Name}' is not a Task.");
        }

        string id = node.Text("id");
        bool hasToken = state.Resource.Pattern == TaskPattern.WaitForTaskToken || state.Resource.Kind == TaskResourceKind.Activity;
        return new(new RunTask(id)
        {
            StateName = state.Name,
            Resource = state.Resource,
            Arguments = node.Payload("arguments"),
            RetryCount = frame.RetryCount,
            TimeoutSeconds = node.OptionalDouble("timeoutSeconds"),
            HeartbeatSeconds = node.OptionalDouble("heartbeatSeconds"),
            TaskToken = hasToken ? TaskToken.Create(tokenSecret, executionArn, id) : null,
            Credentials = node.OptionalPayload("credentials"),
            ResultIsPassedOn = ResultFlow.IsPassedOn(frame, state),
        })
        {
            IsStarted = node.Flag("isStarted"),
            LastHeartbeat = node.OptionalTime("lastHeartbeat") ?? default,
            Timeout = node.OptionalTimer("timeout"),
            Heartbeat = node.OptionalTimer("heartbeat"),
        };
    }

    private static MapRun MapRun(SnapshotNode node, Frame frame)
    {
        if (frame.State is not CompiledMap state)
        {
            throw new SnapshotFormatException($"The state '{frame.State.Name}' is not a Map.");
        }

        string? arn = node.OptionalText("arn");
        int redriveCount = (int)node.Number("redriveCount");
        return new(new StartMapRun(node.Text("id"))
        {
            State = state,
            RedrivenMapRunArn = redriveCount > 0 ? arn : null,
            Items = node.OptionalPayload("items"),
            ReaderArguments = node.OptionalPayload("readerArguments"),
            ReaderConfig = node.OptionalPayload("readerConfig"),
            WriterArguments = node.OptionalPayload("writerArguments"),
            BatchInput = node.OptionalPayload("batchInput"),
            MaxItemsPerBatch = node.OptionalNumber("maxItemsPerBatch"),
            MaxInputBytesPerBatch = node.OptionalNumber("maxInputBytesPerBatch"),
            MaxConcurrency = (int?)node.OptionalNumber("maxConcurrency"),
            ToleratedFailureCount = node.OptionalDouble("toleratedFailureCount") ?? 0,
            ToleratedFailurePercentage = node.OptionalDouble("toleratedFailurePercentage") ?? 0,
            ItemScope = new(
                frame.Input,
                node.OptionalPayload("context") as JsonObject ?? JsonObject.Empty,
                frame.Variables,
                ulong.Parse(node.Text("entropySeed"), NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
        })
        {
            Arn = arn,
            RedriveCount = redriveCount,
        };
    }

    private void ReadGroup(SnapshotNode node, Frame frame)
    {
        JsonArray results = node.Array("results");
        FrameGroup group = frame.State switch
        {
            CompiledParallel parallel when parallel.Branches.Count == results.Count => new ParallelGroup(results.Count),
            CompiledMap => new MapGroup(node.Payload("items"), results.Count, (int)node.Number("concurrency"))
            {
                Running = (int)node.Number("running"),
                Next = (int)node.Number("next"),
                StartAfterEventId = node.Number("startAfter"),
            },
            _ => throw new SnapshotFormatException($"The state '{frame.State.Name}' has no such branches."),
        };
        frame.Group = group;
        for (int i = 0; i < results.Count; i++)
        {
            if (results[i] is JsonNumber number && number.TryGetInt64(out long value))
            {
                group.Results[i] = node.At((int)value);
                group.Remaining--;
            }
        }

        foreach (JsonValue child in node.Array("frames"))
        {
            SnapshotNode inner = node.Inner(child);
            int index = (int)inner.Number("index");
            if (index < 0 || index >= group.Count)
            {
                throw new SnapshotFormatException("A branch or iteration is out of range.");
            }

            StateGraph graph = frame.State is CompiledParallel parallel ? parallel.Branches[index] : ((CompiledMap)frame.State).Processor;
            group.Frames[index] = Read(inner, graph, frame, group as MapGroup);
        }
    }

    private static int[] Counts(JsonArray source)
    {
        int[] counts = new int[source.Count];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = source[i] is JsonNumber number && number.TryGetInt64(out long count) ? (int)count : 0;
        }

        return counts;
    }
}
