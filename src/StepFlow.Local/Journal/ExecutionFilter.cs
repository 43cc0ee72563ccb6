using System.Globalization;

namespace StepFlow.Local.Journal;

/// <summary>The condition of a list query. It contains only the filters of the request, so that SQLite finds the matching index.</summary>
internal sealed class ExecutionFilter
{
    private readonly List<string> _conditions = [];
    private readonly List<object> _values = [];
    private readonly int _count;

    public ExecutionFilter(ExecutionQuery query)
    {
        _count = query.Count + 1;
        Add("machine=?", query.StateMachineArn);
        if (query.StateMachineArn is not null)
        {
            // Children of Map Runs are listed under their run only.
            _conditions.Add("map_run IS NULL");
        }

        Add("map_run=?", query.MapRunArn);
        if (query.QualifiedArn is { } qualified)
        {
            Add("(version=? OR alias=?)", qualified);
            _values.Add(qualified);
        }

        Add("status=?", query.Status is { } status ? (long)status : null);
        Add(query.Redriven is true ? "redrive_count>?" : "redrive_count=?", query.Redriven is null ? null : 0L);
        if (query.After is { } after)
        {
            Add("id<?", long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : 0L);
        }
    }

    public string Condition => _conditions.Count == 0 ? "1" : string.Join(" AND ", _conditions);

    public void Bind(SqliteStatement statement)
    {
        int index = 1;
        foreach (object value in _values)
        {
            _ = value is long number ? statement.Bind(index++, number) : statement.Bind(index++, (string)value);
        }

        statement.Bind(index, _count);
    }

    private void Add(string condition, object? value)
    {
        if (value is not null)
        {
            _conditions.Add(condition);
            _values.Add(value);
        }
    }
}
