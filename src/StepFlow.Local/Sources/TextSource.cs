using System.Text;
using StepFlow.Language.Catalogue;

namespace StepFlow.Local.Sources;

/// <summary>Texts from the command line: a file, standard input (<c>-</c>), or the JSON itself.</summary>
internal static class TextSource
{
    private const int MaxFiles = 1000;

    /// <exception cref="CommandException">The file is missing or cannot be read.</exception>
    public static async Task<string> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        if (path.Length == 0)
        {
            throw new CommandException(ExitCodes.Usage, "The name of a file is empty.");
        }

        try
        {
            return path == "-"
                ? await System.Console.In.ReadToEndAsync(cancellationToken)
                : await File.ReadAllTextAsync(path, new UTF8Encoding(false, throwOnInvalidBytes: true), cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandException(ExitCodes.InvalidInput, $"{path}: no such file.{Hint(path)}");
        }
        catch (DecoderFallbackException)
        {
            throw new CommandException(ExitCodes.InvalidInput, $"{path}: is not UTF-8 text.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException(ExitCodes.InvalidInput, $"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>An input of an option: JSON where the argument starts like JSON, else the file that it names.</summary>
    /// <exception cref="CommandException">The file is missing, or the text is not JSON.</exception>
    public static async Task<(JsonValue Value, string Text)> ReadInputAsync(string? argument, string option, CancellationToken cancellationToken)
    {
        if (argument is null)
        {
            return (JsonObject.Empty, "{}");
        }

        if (string.IsNullOrWhiteSpace(argument))
        {
            throw new CommandException(ExitCodes.Usage, $"{option} is empty. Give JSON, the name of a file, or - for standard input.");
        }

        bool isInline = LooksLikeJson(argument);
        string text = isInline ? argument : await ReadFileAsync(argument, cancellationToken);
        try
        {
            return (JsonValue.Parse(text), text);
        }
        catch (JsonFormatException e)
        {
            string source = isInline ? option : argument;
            throw new CommandException(ExitCodes.InvalidInput, $"{source}:{e.Line}:{e.Column}: not JSON: {e.Reason}", e);
        }
    }

    /// <summary>The file beside it that may be meant: names that differ in case only are the same on other systems.</summary>
    private static string Hint(string path)
    {
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
        return Directory.Exists(folder) && SimilarNames.Find(Path.GetFileName(path), Directory.EnumerateFiles(folder).Take(MaxFiles).Select(static file => Path.GetFileName(file))) is { } near
            ? $" Did you mean {near}?"
            : string.Empty;
    }

    private static bool LooksLikeJson(string argument)
    {
        ReadOnlySpan<char> text = argument.AsSpan().TrimStart();
        return text.Length > 0 && (text[0] is '{' or '[' or '"' || char.IsAsciiDigit(text[0]) || text is "true" or "false" or "null"
            || (text[0] == '-' && text.Length > 1)) && !File.Exists(argument);
    }
}
