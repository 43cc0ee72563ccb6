using StepFlow.Language.Catalogue;
using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Flow;
using StepFlow.Language.Loading;
using StepFlow.Language;
using StepFlow.Local.Sources;
using StepFlow.Local.Templates;
using StepFlow.Local.Terminals;
using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Local.Definitions;

/// <summary>Reads and validates definitions in files.</summary>
internal static class DefinitionSource
{
    /// <summary>Reads the definitions of a file without validating them: one, or those of a template.</summary>
    /// <exception cref="CommandException">The file cannot be read, contains no definition, or does not contain the requested state machine.</exception>
    public static async Task<IReadOnlyList<NamedDefinition>> ReadAsync(string path, SourceOptions options, CancellationToken cancellationToken)
    {
        string text = await TextSource.ReadFileAsync(path, cancellationToken);
        if (await TemplateReader.ReadAsync(path, text, options, cancellationToken) is { } template)
        {
            NamedDefinition[] chosen = [.. template.Machines.Select(static one => one.Definition).Where(one => options.Machine is null || one.Name == options.Machine)];
            return chosen.Length > 0
                ? chosen
                : throw new CommandException(ExitCodes.InvalidInput, $"{path} has no state machine{(options.Machine is { } name ? $" {name}, only {string.Join(", ", template.Machines.Select(static one => one.Definition.Name))}" : string.Concat(template.Decisions.Select(static one => ". " + one).Prepend(" with a definition that can be read")))}.");
        }

        ReadDefinition read = DefinitionReader.Read(path, text, options.Substitutions);
        string own = read.Name ?? DefinitionName.Of(path);
        return options.Machine is null || options.Machine == own
            ? [new(own, path, read)]
            : throw new CommandException(ExitCodes.Usage, $"--machine {options.Machine}: {path} is one definition, {own}, not a template with several.");
    }

    /// <summary>Reads the only definition of a command.</summary>
    /// <exception cref="CommandException">The file cannot be read, or does not contain exactly one definition.</exception>
    public static async Task<NamedDefinition> ReadOneAsync(string path, SourceOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<NamedDefinition> found = await ReadAsync(path, options, cancellationToken);
        return found.Count == 1
            ? found[0]
            : throw new CommandException(ExitCodes.Usage, $"{path} has several state machines: {string.Join(", ", found.Select(static one => one.Name))}. Choose one with --machine.");
    }

    /// <summary>The JSON of a definition that need not be valid.</summary>
    /// <exception cref="CommandException">It is not a JSON object.</exception>
    public static JsonObject Parse(NamedDefinition definition)
    {
        if (definition.Read.Problem is { } problem)
        {
            throw new CommandException(ExitCodes.InvalidDefinition, new LocatedDiagnostic(problem, definition.Read.ProblemPosition).Format(definition.Path));
        }

        try
        {
            return JsonValue.Parse(definition.Read.Text) as JsonObject
                ?? throw new CommandException(ExitCodes.InvalidDefinition, $"{definition.Path} is not a state machine. A definition must be an object with StartAt and States.");
        }
        catch (JsonFormatException e)
        {
            SourcePosition position = definition.Read.Find(null);
            throw new CommandException(ExitCodes.InvalidDefinition, $"{definition.Path}:{position.Line}:{position.Column}: not JSON: {e.Reason}", e);
        }
    }

    /// <summary>Checks a definition.</summary>
    /// <param name="integrations">The integrations that Resources may name; null if only the target server knows them.</param>
    /// <param name="limits">The quotas that it must keep; null for none.</param>
    /// <param name="flow">Whether the data flow of a valid one is checked too.</param>
    public static CheckedDefinition Check(
        NamedDefinition definition, StateMachineType type, IntegrationCatalogue? integrations = null, Limits? limits = null, bool flow = false)
    {
        ReadDefinition read = definition.Read;
        if (read.Problem is { } problem)
        {
            return new(definition.Name, definition.Path, read.Text, null, [new(problem, read.ProblemPosition)]);
        }

        LoadResult result = StateMachineLoader.Load(read.Text, type, limits, integrations);
        IEnumerable<Diagnostic> findings = flow && result.Machine is { } machine ? FlowAnalysis.Of(machine.Source) : [];

        // The values of missing names decide whether the rest is valid.
        IEnumerable<LocatedDiagnostic> missing = result.Machine is not null ? [] : read.MissingSubstitutions.Select(static one => new LocatedDiagnostic(
            new(DiagnosticSeverity.Warning, DiagnosticCodes.SubstitutionMissing, $"${{{one.Name}}} has no value. Set one with --substitute {one.Name}=VALUE.", null), one.Position));
        return new(
            definition.Name,
            definition.Path,
            read.Text,
            result.Machine,
            [.. result.Diagnostics.Concat(findings).Select(found => new LocatedDiagnostic(found, read.PositionOf(found))), .. missing]);
    }

    /// <summary>Checks a definition that is to run or to be created.</summary>
    /// <param name="limits">The quotas that it must keep.</param>
    /// <param name="integrations">The integrations that Resources may name; null if only the target server knows them.</param>
    /// <param name="error">Where findings are written.</param>
    /// <exception cref="CommandException">It has errors; they were written to <paramref name="error"/>.</exception>
    public static async Task<CheckedDefinition> RequireAsync(
        NamedDefinition definition, StateMachineType type, Limits limits, IntegrationCatalogue? integrations, TextWriter error)
    {
        CheckedDefinition found = Check(definition, type, integrations, limits);
        foreach (LocatedDiagnostic one in found.Diagnostics)
        {
            await error.WriteLineAsync(one.Format(definition.Path, TerminalText.Of(error)));
        }

        return found.Machine is null
            ? throw new CommandException(ExitCodes.InvalidDefinition, $"{definition.Path} is not a valid definition.")
            : found;
    }
}
