namespace StepFlow.Language.Json;

/// <summary>A text is not JSON. The position and the reason; lines and columns count from 1.</summary>
public sealed class JsonFormatException : FormatException
{
    internal JsonFormatException(string reason, long line, long column, Exception? inner = null)
        : base($"{reason} (line {line}, column {column})", inner)
    {
        Reason = reason;
        Line = line;
        Column = column;
    }

    /// <summary>The problem, without its position.</summary>
    public string Reason { get; }

    /// <summary>The line, from 1.</summary>
    public long Line { get; }

    /// <summary>The column in bytes, from 1.</summary>
    public long Column { get; }
}
