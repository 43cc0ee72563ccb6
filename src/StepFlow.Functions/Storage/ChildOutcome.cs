using StepFlow.Execution.History;
using StepFlow.Language.Evaluation;
using StepFlow.Runtime.History;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Storage;

/// <summary>The stored outcome of an Express child of a Map Run.</summary>
internal sealed record ChildOutcome
{
    /// <summary>Its index in the run.</summary>
    public required int Index { get; init; }

    /// <summary>How many items it has.</summary>
    public required int Items { get; init; }

    /// <summary>The call that ran it.</summary>
    public required RangeCall Call { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    public required MapRunChildResult Result { get; init; }

    /// <summary>The outcome of a child that has ended.</summary>
    public static ChildOutcome Of(MapRunEntry child, RangeCall call) => new()
    {
        Index = child.Index,
        Items = child.Items,
        Call = call,
        StartTime = child.StartTime,
        Result = child.Result!,
    };

    public JsonObject ToJson()
    {
        var json = new JsonObjectBuilder(11)
            .Set("index", Index)
            .Set("items", Items)
            .Set("redrive", Call.Redrive)
            .Set("part", Call.Part)
            .Set("status", (int)Result.Status)
            .Set("start", StartTime.ToUnixTimeMilliseconds())
            .Set("stop", Result.StopTime.ToUnixTimeMilliseconds())
            .SetIfPresent("output", Result.Output)
            .SetIfPresent("error", Result.Error?.Name)
            .SetIfPresent("cause", Result.Error?.Cause);
        return Result.History.Count == 0 ? json.Build() : json.Set("history", JsonValue.Parse(HistoryText.Write([.. Result.History]))).Build();
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static ChildOutcome Read(JsonObject json) => new()
    {
        Index = (int)(json.Integer("index") ?? 0),
        Items = (int)(json.Integer("items") ?? 0),
        Call = new((int)(json.Integer("redrive") ?? 0), (int)(json.Integer("part") ?? 0)),
        StartTime = DateTimeOffset.FromUnixTimeMilliseconds(json.Integer("start") ?? 0),
        Result = new(
            (ExecutionStatus)(json.Integer("status") ?? 0),
            json["output"],
            StatesError.Stored(json.Text("error"), json.Text("cause")),
            DateTimeOffset.FromUnixTimeMilliseconds(json.Integer("stop") ?? 0))
        {
            History = json["history"] is JsonArray history ? [.. history.Select(HistoryEventJson.Read)] : [],
        },
    };
}

/// <summary>A call of the activity that runs the Express children of a page.</summary>
/// <param name="Redrive">How often the run's execution was redriven before.</param>
/// <param name="Part">How often the page was run before, since then.</param>
internal readonly record struct RangeCall(int Redrive, int Part) : IComparable<RangeCall>
{
    public int CompareTo(RangeCall other) => (Redrive, Part).CompareTo((other.Redrive, other.Part));
}
