using System.CommandLine;
using System.CommandLine.Parsing;
using StepFlow.Language.Catalogue;

namespace StepFlow.Local.Commands;

/// <summary>The error of a command line, in one sentence. Only the first one is shown, because others often follow from it.</summary>
internal static class ParseErrorText
{
    /// <summary>The error of a command line that could not be parsed.</summary>
    public static string Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        return parsed.UnmatchedTokens is [var unknown, ..] ? Unknown(command, unknown)
            : parsed.Errors[0] is { SymbolResult: OptionResult option } error ? OfOption(option, error.Message)
            : parsed.Errors[0].SymbolResult is ArgumentResult { Tokens.Count: 0 } missing ? $"{missing.Argument.Name} is missing{Described(missing.Argument)}."
            : command.Subcommands.Count > 0 && command is not RootCommand ? $"A command is missing: {string.Join(", ", command.Subcommands.Select(static one => one.Name))}."
            : command.Subcommands.Count > 0 ? "A command is missing."
            : Sentence(parsed.Errors[0].Message);
    }

    private static string Unknown(Command command, string name) => name.StartsWith('-')
        ? $"{name} is not an option of this command.{Hint(name, command.Options.SelectMany(static one => one.Aliases.Prepend(one.Name)).Where(static known => known.StartsWith("--", StringComparison.Ordinal)))}"
        : command.Subcommands.Count > 0
            ? $"{name} is not a command.{Hint(name, command.Subcommands.Select(static one => one.Name))}"
            : $"{name} is an unexpected argument.";

    private static string OfOption(OptionResult result, string message)
    {
        Option option = result.Option;
        if (result.Tokens.Count == 0)
        {
            return $"{option.Name} needs a value{(option.HelpName is { } wanted ? $": {wanted}" : string.Empty)}.";
        }

        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        string? must = type == typeof(int) || type == typeof(long) ? "a whole number" : type.IsEnum ? option.HelpName?.Replace("|", " or ", StringComparison.Ordinal) : null;
        return must is null || Converts(result) ? Sentence(message) : $"{option.Name} {result.Tokens[0].Value}: must be {must}.";
    }

    private static bool Converts(OptionResult result)
    {
        try
        {
            return result.GetValueOrDefault<object?>() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string Hint(string name, IEnumerable<string> known) => SimilarNames.Find(name, known) is { } near ? $" Did you mean {near}?" : string.Empty;

    // The description is a sentence. Its beginning names the value.
    private static string Described(Argument argument) => argument.Description?.TrimEnd('.') is { Length: > 0 } text ? $" ({text})" : string.Empty;

    private static string Sentence(string message) => message.Split('\n')[0].TrimEnd().TrimEnd('.') + ".";
}
