namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A path that binds variables or contains a parent operator. Its items have bindings.</summary>
/// <param name="plain">The steps before the first one that returns tuples, as a separate path; null if there are none.</param>
/// <param name="steps">The other steps.</param>
/// <param name="startsPath">Whether the first of <paramref name="steps"/> is the first of the path.</param>
/// <param name="absolute">Whether the path starts at a variable.</param>
/// <param name="yieldsTuples">Whether the result is the tuples, because an enclosing path continues with them.</param>
/// <param name="group">The group-by clause; null for none.</param>
/// <param name="end">What becomes of the sequence.</param>
internal sealed class TuplePathNode(
    Node? plain, Step[] steps, bool startsPath, bool absolute, bool yieldsTuples, Grouper? group, SequenceEnd end, int position)
    : Node(position)
{
    /// <summary>The memory of a tuple with its frame and a few bindings.</summary>
    private const int TupleBytes = 160;

    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? result = Finish(evaluator, Flow(evaluator, input, frame), frame);
        evaluator.Leave();
        return result;
    }

    private static List<Runtime.Tuple> ToTuples(Evaluator evaluator, JsonValue? items, bool many)
    {
        var tuples = new List<Runtime.Tuple>();
        if (!many)
        {
            tuples.Add(new(items));
            return tuples;
        }

        evaluator.Reserve(Items.Of(items).Length * (long)TupleBytes);
        foreach (JsonValue? item in Items.Of(items))
        {
            tuples.Add(new(item));
        }

        return tuples;
    }

    private static List<Runtime.Tuple> Map(Evaluator evaluator, Step step, List<Runtime.Tuple> tuples, JsonataFrame frame)
    {
        var results = new List<Runtime.Tuple>(tuples.Count);
        evaluator.Charge(tuples.Count);
        foreach (Runtime.Tuple tuple in tuples)
        {
            JsonValue? value = step.Node!.Evaluate(evaluator, tuple.Context, new JsonataFrame(frame, 0) { Tuple = tuple });
            if (value is TupleStream stream)
            {
                evaluator.Charge(stream.Tuples.Count);
                evaluator.Reserve(stream.Tuples.Count * (long)TupleBytes);
                foreach (Runtime.Tuple inner in stream.Tuples)
                {
                    Runtime.Tuple joined = tuple.Copy();
                    joined.Merge(inner);
                    results.Add(joined);
                }
            }
            else if (Items.IsArray(value))
            {
                ReadOnlySpan<JsonValue?> items = Items.Of(value);
                evaluator.Charge(items.Length);
                evaluator.Reserve(items.Length * (long)TupleBytes);
                for (int i = 0; i < items.Length; i++)
                {
                    results.Add(Extend(step, tuple, items[i], i));
                }
            }
            else if (value is not null)
            {
                results.Add(Extend(step, tuple, value, 0));
            }

            if (results.Count > evaluator.MaxItems)
            {
                throw Evaluator.TooLarge();
            }
        }

        return results;
    }

    private static Runtime.Tuple Extend(Step step, Runtime.Tuple tuple, JsonValue? value, int at)
    {
        Runtime.Tuple extended = tuple.Copy();
        if (step.Focus is not null)
        {
            extended.Bind(step.Focus, value);
        }
        else
        {
            extended.Context = value;
        }

        if (step.Index is not null)
        {
            extended.Bind(step.Index, at);
        }

        if (step.Ancestor is not null)
        {
            extended.Bind(step.Ancestor, tuple.Context);
        }

        return extended;
    }

    private static void BindIndex(List<Runtime.Tuple> tuples, string name)
    {
        for (int i = 0; i < tuples.Count; i++)
        {
            tuples[i].Bind(name, i);
        }
    }

    private static List<Runtime.Tuple> RunStages(Evaluator evaluator, Step step, List<Runtime.Tuple> tuples, JsonataFrame frame)
    {
        foreach (StepStage stage in step.Stages)
        {
            if (stage.Predicate is not null)
            {
                tuples = stage.Predicate.Filter(evaluator, new TupleStream(tuples), frame).Tuples;
            }
            else
            {
                BindIndex(tuples, stage.Index!);
            }
        }

        return tuples;
    }

    private List<Runtime.Tuple> Flow(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        JsonValue? current = input;
        bool many = !absolute && Items.IsArray(input);
        if (plain is not null)
        {
            current = plain.Evaluate(evaluator, input, frame);
            many = Items.IsArray(current);
            if (current is null)
            {
                return [];
            }
        }

        List<Runtime.Tuple>? tuples = null;
        for (int i = 0; i < steps.Length; i++)
        {
            Step step = steps[i];
            if (i == 0 && startsPath && step.Constructed)
            {
                current = step.Node!.Evaluate(evaluator, many ? current : new Sequence(evaluator, current), new JsonataFrame(frame, 0));
                many = Items.IsArray(current);
                continue;
            }

            if (step.Sorter is not null)
            {
                bool fresh = tuples is null;
                tuples = step.Sorter.Sort(evaluator, tuples ?? ToTuples(evaluator, current, many), frame);
                if (fresh && step.Index is not null)
                {
                    BindIndex(tuples, step.Index);
                }
            }
            else
            {
                tuples = Map(evaluator, step, tuples ?? ToTuples(evaluator, current, many), frame);
            }

            tuples = RunStages(evaluator, step, tuples, frame);
        }

        return tuples ?? [];
    }

    private JsonValue? Finish(Evaluator evaluator, List<Runtime.Tuple> tuples, JsonataFrame frame)
    {
        if (group is not null)
        {
            return group.GroupTuples(evaluator, new TupleStream(tuples), frame);
        }

        if (yieldsTuples)
        {
            return new TupleStream(tuples);
        }

        var result = new Sequence(evaluator);
        result.EnsureCapacity(tuples.Count);
        foreach (Runtime.Tuple tuple in tuples)
        {
            result.Add(tuple.Context);
        }

        return Sequence.End(result, end);
    }
}
