using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Comparison;

/// <summary>
/// Compares a history with a recorded one. Event by event where nothing runs concurrently; else also as the tree that
/// <c>previousEventId</c> makes, in which the order of siblings is left open: branches and iterations race.
/// </summary>
internal sealed class HistoryComparison(Placeholders placeholders, ServiceChanges changes, Matcher matcher)
{
    /// <summary>The id of an event whose order the test took away.</summary>
    private static readonly JsonArray Unordered = JsonArray.Create(0);

    public Difference? Compare(JsonArray expected, JsonArray actual, bool incomplete)
    {
        List<JsonObject> recorded = changes.Lift([.. expected.OfType<JsonObject>()]);
        List<JsonObject> events = [.. actual.OfType<JsonObject>().Take(incomplete ? recorded.Count : int.MaxValue)];
        if (placeholders.HasUnorderedBranches)
        {
            events = WithoutBranchOrder(events);
        }

        Difference? first = null;
        if (matcher.Attempt(() => (first = InOrder(recorded, events)) is null))
        {
            return null;
        }

        bool concurrent = recorded.Any(item => TypeOf(item) is "ParallelStateStarted" or "MapIterationStarted");
        return concurrent && !placeholders.HasUnorderedBranches && recorded.Count == events.Count
            && matcher.Attempt(() => SameForest(EventTree.Of(recorded), EventTree.Of(events)))
            ? null
            : first;
    }

    private static string TypeOf(JsonObject item) => (item["type"] as JsonString)?.Value ?? string.Empty;

    private Difference? InOrder(List<JsonObject> recorded, List<JsonObject> events)
    {
        for (int i = 0; i < recorded.Count; i++)
        {
            int run = recorded.Skip(i).TakeWhile(item => item["id"] == Unordered).Count();
            if (run > 1)
            {
                if (!SameForest(Leaves(recorded.GetRange(i, run)), Leaves([.. events.Skip(i).Take(run)])))
                {
                    return new($"/history/{i}", JsonArray.From(recorded.Skip(i).Take(run)).ToString(), JsonArray.From(events.Skip(i).Take(run)).ToString());
                }

                i += run - 1;
                continue;
            }

            if (matcher.Compare(recorded[i], i < events.Count ? events[i] : null, $"/history/{i}") is { } difference)
            {
                string type = i < events.Count ? TypeOf(events[i]) : "no event";
                return TypeOf(recorded[i]) == type ? difference : new($"/history/{i}", TypeOf(recorded[i]) + " " + recorded[i], type + (i < events.Count ? " " + events[i] : string.Empty));
            }
        }

        return recorded.Count == events.Count ? null : new($"/history/{recorded.Count}", null, events[recorded.Count].ToString());
    }

    private static IReadOnlyList<EventTree> Leaves(List<JsonObject> events) => [.. events.Select(item => new EventTree(item))];

    private bool SameForest(IReadOnlyList<EventTree> recorded, IReadOnlyList<EventTree> events)
    {
        if (recorded.Count != events.Count)
        {
            return false;
        }

        return Assign(0, new bool[events.Count]);

        bool Assign(int index, bool[] taken)
        {
            if (index == recorded.Count)
            {
                return true;
            }

            for (int candidate = 0; candidate < events.Count; candidate++)
            {
                if (taken[candidate])
                {
                    continue;
                }

                int chosen = candidate;
                taken[chosen] = true;
                if (matcher.Attempt(() =>
                    matcher.Matches(recorded[index].Content, events[chosen].Content)
                    && SameForest(recorded[index].Children, events[chosen].Children)
                    && Assign(index + 1, taken)))
                {
                    return true;
                }

                taken[chosen] = false;
            }

            return false;
        }
    }

    /// <summary>
    /// What the test did to its recording: between a Parallel's start and its end the events lose their ids (and their
    /// order), and the event of the end is left out.
    /// </summary>
    private static List<JsonObject> WithoutBranchOrder(List<JsonObject> events)
    {
        var result = new List<JsonObject>();
        bool inside = false;
        foreach (JsonObject item in events)
        {
            string type = TypeOf(item);
            if (inside && type is "ParallelStateSucceeded" or "ParallelStateFailed" or "ParallelStateExited")
            {
                inside = false;
                if (type != "ParallelStateExited")
                {
                    continue;
                }
            }

            // A retry starts the Parallel anew; the id of that event is unchanged.
            result.Add(inside && type != "ParallelStateStarted" ? item.With("id", Unordered).With("previousEventId", 0) : item);
            inside |= type == "ParallelStateStarted";
        }

        return result;
    }
}
