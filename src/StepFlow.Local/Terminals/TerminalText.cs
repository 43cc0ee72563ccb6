namespace StepFlow.Local.Terminals;

/// <summary>The width and the colours of a terminal; neither for other outputs.</summary>
internal sealed record TerminalText
{
    private const string Reset = "\u001b[0m";

    private static readonly TerminalText None = new();

    /// <summary>Characters of a line; null for no limit.</summary>
    public int? Width { get; init; }

    /// <summary>Whether colours are written. Not where <c>NO_COLOR</c> is set (no-color.org), or the terminal has none.</summary>
    public bool HasColours { get; init; }

    /// <summary>The properties of a writer.</summary>
    public static TerminalText Of(TextWriter writer)
    {
        bool isTerminal = (writer == System.Console.Out && !System.Console.IsOutputRedirected) || (writer == System.Console.Error && !System.Console.IsErrorRedirected);
        return isTerminal ? new() { Width = ReadWidth(), HasColours = WantsColours() } : None;
    }

    /// <summary>A text in the colour that a status or a severity has; as it is where it is neither.</summary>
    /// <param name="meaning">The status or severity that defines the colour.</param>
    public string Paint(string text, string meaning) => HasColours && Colour(meaning) is { } colour ? $"\u001b[{colour}m{text}{Reset}" : text;

    private static string? Colour(string meaning) => meaning switch
    {
        "SUCCEEDED" => "32",
        "FAILED" or "TIMED_OUT" or "ABORTED" or "error" => "31",
        "warning" or "PENDING_REDRIVE" => "33",
        "RUNNING" => "36",
        _ => null,
    };

    private static bool WantsColours() => Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 } && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    // A terminal of unknown width returns 0.
    private static int? ReadWidth()
    {
        try
        {
            return System.Console.WindowWidth is > 0 and int width ? width : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
