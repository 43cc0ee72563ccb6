using StepFlow.Language.Catalogue;
using StepFlow.Language.Compilation;
using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Flow;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;
using StepFlow.Language;
using StepFlow.Local.Failures;

namespace StepFlow.Local.Sources;

/// <summary>Definitions in files, and what is found in them.</summary>
internal static class DefinitionSource
{
    /// <summary>Reads a definition and checks it as one that is to be created; of a valid one also its data flow.</summary>
    /// <param name="path">The file; <c>-</c> for standard input.</param>
    /// <param name="type">The machine's type.</param>
    /// <param name="integrations">What its Resources may name.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<CheckedDefinition> CheckAsync(string path, StateMachineType type, IntegrationCatalogue integrations, CancellationToken cancellationToken)
    {
        CheckedDefinition definition = await ReadAsync(path, type, Limits.None, integrations, cancellationToken);
        return definition.Machine is { } machine
            ? Located(path, definition.Text, machine, [.. definition.Diagnostics.Select(located => located.Found), .. FlowAnalysis.Of(machine.Source)])
            : definition;
    }

    /// <summary>Reads a definition that is to run, and checks it as one that is to be created.</summary>
    /// <param name="path">The file; <c>-</c> for standard input.</param>
    /// <param name="type">The machine's type.</param>
    /// <param name="limits">The quotas that it must keep.</param>
    /// <param name="integrations">What its Resources may name; null where only the server that it goes to knows.</param>
    /// <param name="error">Where findings are written.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CommandException">It has errors; they were written to <paramref name="error"/>.</exception>
    public static async Task<CheckedDefinition> RequireAsync(
        string path, StateMachineType type, Limits limits, IntegrationCatalogue? integrations, TextWriter error, CancellationToken cancellationToken)
    {
        CheckedDefinition definition = await ReadAsync(path, type, limits, integrations, cancellationToken);
        foreach (LocatedDiagnostic found in definition.Diagnostics)
        {
            await error.WriteLineAsync(found.Format(path));
        }

        return definition.Machine is null
            ? throw new CommandException(ExitCodes.InvalidDefinition, $"{path} is not a valid definition.")
            : definition;
    }

    private static async Task<CheckedDefinition> ReadAsync(
        string path, StateMachineType type, Limits limits, IntegrationCatalogue? integrations, CancellationToken cancellationToken)
    {
        string text = await TextSource.ReadFileAsync(path, cancellationToken);
        LoadResult result = StateMachineLoader.Load(text, type, limits, integrations);
        return Located(path, text, result.Machine, result.Diagnostics);
    }

    private static CheckedDefinition Located(string path, string text, StateMachine? machine, IReadOnlyList<Diagnostic> found)
    {
        SourceMap positions = SourceMap.Build(text);
        return new(path, text, machine, [.. found.Select(one => new LocatedDiagnostic(one, Locate(one, text, positions)))]);
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
