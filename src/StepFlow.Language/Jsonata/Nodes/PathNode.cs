namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>
/// A path. Each step is evaluated for each item of the step before, and the results are flattened by one
/// level. Between steps, a single value that is not an array is handled as a sequence of one item.
/// </summary>
/// <param name="absolute">Whether it starts at a variable, which is evaluated once even where the context is an array.</param>
/// <param name="whole">Whether it is a whole path, and not only the start of one.</param>
/// <param name="group">The group-by clause; null for none.</param>
/// <param name="end">What becomes of the sequence.</param>
internal sealed class PathNode(Step[] steps, bool absolute, bool whole, Grouper? group, SequenceEnd end, int position) : Node(position)
{
    /// <summary>Room made for results in advance; there may be far fewer than items.</summary>
    private const int CapacityAtMost = 16_384;

    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? current = input;
        bool many = !absolute && Items.IsArray(input);
        for (int i = 0; i < steps.Length; i++)
        {
            Step step = steps[i];
            bool last = whole && i == steps.Length - 1;
            if (step.Sorter is not null)
            {
                current = Sort(evaluator, step, current, many, frame);
            }
            else if (i == 0 && step.Constructed)
            {
                current = step.Node!.Evaluate(evaluator, many ? current : new Sequence(evaluator, current), frame);
            }
            else
            {
                current = many ? MapMany(evaluator, step, current!, frame, last) : MapOne(evaluator, step, current, frame, last);
            }

            many = Items.IsArray(current);
            if (current is null || (many && Items.Of(current).Length == 0))
            {
                // An empty array is a value; an empty sequence is nothing.
                current = (last && current is JsonArray) || current is Sequence { IsSequence: false } ? current : null;
                break;
            }
        }

        current = group is null ? Finish(evaluator, current) : group.Group(evaluator, current, frame);
        evaluator.Leave();
        return current;
    }

    private static JsonValue? Evaluate(Evaluator evaluator, Step step, JsonValue? item, JsonataFrame frame)
    {
        JsonValue? result = step.Name is not null && item is JsonObject members
            ? members[step.Name]
            : step.Node!.Evaluate(evaluator, item, frame);
        foreach (StepStage stage in step.Stages)
        {
            result = stage.Predicate!.Filter(evaluator, result, frame);
        }

        return result;
    }

    private static JsonValue? MapOne(Evaluator evaluator, Step step, JsonValue? item, JsonataFrame frame, bool last)
    {
        JsonValue? result = Evaluate(evaluator, step, item, frame);
        return result is JsonArray or Sequence ? Single(evaluator, result, last) : result;
    }

    /// <summary>The only result of a step, if it is an array. In the last step it stays an array; otherwise its items are separated.</summary>
    private static JsonValue Single(Evaluator evaluator, JsonValue result, bool last)
    {
        if (result is not Sequence sequence)
        {
            return result;
        }

        if (!sequence.IsSequence)
        {
            return last || !sequence.Constructed ? sequence : new Sequence(evaluator, sequence);
        }

        if (!sequence.KeepSingleton)
        {
            return sequence;
        }

        var copy = new Sequence(evaluator);
        copy.AddRange(sequence.AsSpan());
        return copy;
    }

    private static JsonValue? MapMany(Evaluator evaluator, Step step, JsonValue items, JsonataFrame frame, bool last)
    {
        ReadOnlySpan<JsonValue?> values = Items.Of(items);
        evaluator.Charge(values.Length);
        JsonValue? first = null;
        Sequence? results = null;
        string? name = step.Stages.Length == 0 ? step.Name : null;
        int position = 0;
        foreach (JsonValue? item in values)
        {
            JsonValue? result = name is not null && item is JsonObject members
                ? members.Find(name, ref position)
                : Evaluate(evaluator, step, item, frame);
            if (result is null)
            {
                continue;
            }

            if (first is null)
            {
                first = result;
                continue;
            }

            if (results is null)
            {
                results = new Sequence(evaluator);
                results.EnsureCapacity(Math.Min(values.Length, CapacityAtMost));
                Flatten(evaluator, results, first);
            }

            Flatten(evaluator, results, result);
        }

        return results ?? (first is JsonArray or Sequence ? Single(evaluator, first, last) : first);
    }

    private static void Flatten(Evaluator evaluator, Sequence results, JsonValue value)
    {
        if (value is JsonArray array)
        {
            evaluator.Charge(array.Count / 8);
            results.AddRange(array.AsSpan());
        }
        else if (value is Sequence { Constructed: false } sequence)
        {
            evaluator.Charge(sequence.Count / 8);
            results.AddRange(sequence.AsSpan());
        }
        else
        {
            results.Add(value);
        }
    }

    private static JsonValue? Sort(Evaluator evaluator, Step step, JsonValue? current, bool many, JsonataFrame frame)
    {
        JsonValue? result = current;
        if (many)
        {
            ReadOnlySpan<JsonValue?> items = Items.Of(current);
            result = items.Length > 1
                ? step.Sorter!.Sort(evaluator, items, frame)
                : Items.IsArray(items[0]) ? new Sequence(evaluator, items[0]) : items[0];
        }

        foreach (StepStage stage in step.Stages)
        {
            result = stage.Predicate!.Filter(evaluator, result, frame);
        }

        return result;
    }

    private JsonValue? Finish(Evaluator evaluator, JsonValue? value)
    {
        if (end == SequenceEnd.Keep && value is not null)
        {
            // An array stays an array. Any other value becomes an array with one item.
            return value switch
            {
                JsonArray => value,
                Sequence { IsSequence: true } sequence => Sequence.End(sequence, end),
                Sequence { Constructed: false } => value,
                _ => new Sequence(evaluator, value) { KeepSingleton = true },
            };
        }

        return end == SequenceEnd.Raw ? value : Sequence.End(value, end);
    }
}
