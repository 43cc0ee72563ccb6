using StepFlow.Language.Compilation;
using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;
using StepFlow.Language;
using StepFlow.Local.Failures;

namespace StepFlow.Local.Sources;

/// <summary>Definitions in files, and what is found in them.</summary>
internal static class DefinitionSource
{
    /// <summary>Reads and checks a definition.</summary>
    public static async Task<CheckedDefinition> ReadAsync(string path, StateMachineType type, CancellationToken cancellationToken)
    {
        string text = await TextSource.ReadFileAsync(path, cancellationToken);
        LoadResult result = StateMachineLoader.Load(text, type);
        SourceMap positions = SourceMap.Build(text);
        return new(path, text, result.Machine, [.. result.Diagnostics.Select(found => new LocatedDiagnostic(found, Locate(found, text, positions)))]);
    }

    /// <summary>Reads a definition that is to run.</summary>
    /// <exception cref="CommandException">It has errors; they were written to <paramref name="error"/>.</exception>
    public static async Task<CheckedDefinition> RequireAsync(string path, StateMachineType type, TextWriter error, CancellationToken cancellationToken)
    {
        CheckedDefinition definition = await ReadAsync(path, type, cancellationToken);
        foreach (LocatedDiagnostic found in definition.Diagnostics)
        {
            await error.WriteLineAsync(found.Format(path));
        }

        return definition.Machine is null
            ? throw new CommandException(ExitCodes.InvalidDefinition, $"{path} is not a valid definition.")
            : definition;
    }

    /// <summary>What is no JSON has its place from the parser; everything else from the text's own map.</summary>
    private static SourcePosition Locate(Diagnostic found, string text, SourceMap positions)
    {
        if (found.Code == DiagnosticCodes.InvalidJsonDescription)
        {
            try
            {
                JsonValue.Parse(text);
            }
            catch (JsonFormatException e)
            {
                return new((int)e.Line, (int)e.Column);
            }
        }

        return positions.Find(found.Location) ?? new(1, 1);
    }
}

/// <summary>A definition with what was found in it.</summary>
internal sealed record CheckedDefinition(string Path, string Text, StateMachine? Machine, IReadOnlyList<LocatedDiagnostic> Diagnostics);

/// <summary>A finding and its place in the file.</summary>
internal sealed record LocatedDiagnostic(Diagnostic Found, SourcePosition Position)
{
    /// <summary>The finding as compilers write theirs.</summary>
    public string Format(string path)
    {
        // A syntax error quotes the source; its first line says all.
        string message = Found.Code == DiagnosticCodes.InvalidJsonDescription ? Found.Message.Split('\n')[0] : Found.Message;
        string place = Found.Location is { } location and not "/" && Found.Code != DiagnosticCodes.InvalidJsonDescription ? $" at {location}" : string.Empty;
        return $"{path}:{Position.Line}:{Position.Column}: {(Found.IsError ? "error" : "warning")} {Found.Code} {message}{place}";
    }
}
