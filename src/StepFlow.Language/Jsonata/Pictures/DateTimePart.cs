namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>A part of a date/time picture: a literal text, or a component with its presentation.</summary>
internal sealed class DateTimePart
{
    /// <summary>The text of a literal; null in a component.</summary>
    public string? Literal { get; init; }

    public char Component { get; init; }

    public int? MaxWidth { get; init; }

    /// <summary>Whether the time zone is written as Z where it is UTC.</summary>
    public bool Traditional { get; init; }

    /// <summary>How a name is cased; null where it is a number.</summary>
    public LetterCase? Names { get; init; }

    public IntegerPicture? Integer { get; init; }

    /// <summary>The number of digits of the year; -1 for all.</summary>
    public int YearDigits { get; init; } = -1;
}
