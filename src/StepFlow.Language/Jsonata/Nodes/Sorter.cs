namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>An order-by clause: a stable sort by one or more terms, undefined last.</summary>
internal sealed class Sorter(SorterTerm[] terms, int position)
{
    /// <summary>The memory of a row and its index in the arrays of the sort.</summary>
    private const int RowBytes = 96;

    public JsonArray Sort(Evaluator evaluator, ReadOnlySpan<JsonValue?> items, JsonataFrame frame)
    {
        var rows = new Row[items.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new Row(items[i], items[i], frame, terms.Length);
        }

        Sort(evaluator, rows);
        var sorted = new JsonValue?[rows.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = rows[i].Item;
        }

        return Items.ToArray(evaluator, sorted);
    }

    public List<Runtime.Tuple> Sort(Evaluator evaluator, List<Runtime.Tuple> tuples, JsonataFrame frame)
    {
        var rows = new Row[tuples.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new Row(null, tuples[i].Context, new JsonataFrame(frame, 0) { Tuple = tuples[i] }, terms.Length) { Tuple = tuples[i] };
        }

        if (rows.Length > 1)
        {
            Sort(evaluator, rows);
        }

        var sorted = new List<Runtime.Tuple>(rows.Length);
        foreach (Row row in rows)
        {
            sorted.Add(row.Tuple!);
        }

        return sorted;
    }

    private void Sort(Evaluator evaluator, Row[] rows)
    {
        evaluator.Enter();
        evaluator.Reserve(rows.Length * (long)RowBytes);
        MergeSort.Sort(rows, (a, b) =>
        {
            evaluator.Charge(1);
            return Compare(evaluator, a, b) > 0;
        });
        evaluator.Leave();
    }

    private int Compare(Evaluator evaluator, Row a, Row b)
    {
        for (int i = 0; i < terms.Length; i++)
        {
            JsonValue? left = a.Key(evaluator, terms[i].Expression, i);
            JsonValue? right = b.Key(evaluator, terms[i].Expression, i);
            if (left is null || right is null)
            {
                if (left is null && right is null)
                {
                    continue;
                }

                return left is null ? 1 : -1;
            }

            int order = CompareKeys(evaluator, left, right);
            if (order != 0)
            {
                return terms[i].Descending ? -order : order;
            }
        }

        return 0;
    }

    private int CompareKeys(Evaluator evaluator, JsonValue left, JsonValue right)
    {
        if (left is JsonNumber a && right is JsonNumber b)
        {
            return a.CompareTo(b);
        }

        if (left is JsonString s && right is JsonString t)
        {
            evaluator.ChargeScan(Math.Min(s.Value.Length, t.Value.Length));
            return string.CompareOrdinal(s.Value, t.Value);
        }

        if (left is not (JsonNumber or JsonString) || right is not (JsonNumber or JsonString))
        {
            throw new JsonataException("T2008") { Position = position, Value = left is JsonNumber or JsonString ? right : left };
        }

        throw new JsonataException("T2007") { Position = position, Value = left, Value2 = right };
    }

    /// <summary>An item with its keys, each evaluated at most once and only when a comparison needs it.</summary>
    private sealed class Row(JsonValue? item, JsonValue? context, JsonataFrame frame, int terms)
    {
        private readonly JsonValue?[]? _more = terms > 1 ? new JsonValue?[terms - 1] : null;
        private JsonValue? _first;
        private int _known;

        public JsonValue? Item { get; } = item;

        public Runtime.Tuple? Tuple { get; init; }

        public JsonValue? Key(Evaluator evaluator, Node expression, int term)
        {
            // Terms are read in order, so a count shows which ones are evaluated.
            if (term < _known)
            {
                return term == 0 ? _first : _more![term - 1];
            }

            JsonValue? key = expression.Evaluate(evaluator, context, frame);
            _known = term + 1;
            return term == 0 ? _first = key : _more![term - 1] = key;
        }
    }
}
