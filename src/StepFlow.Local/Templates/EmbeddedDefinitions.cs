using StepFlow.Local.Sources;
using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Local.Templates;

/// <summary>The definition in a template that a request contains as text.</summary>
internal sealed class EmbeddedDefinitions : IEmbeddedDefinitions
{
    private static readonly SourceOptions TextOnly = new() { ReadsFiles = false };

    public async Task<ReadDefinition?> FindAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            return await TemplateReader.ReadAsync("template", text, TextOnly, cancellationToken) switch
            {
                null => null,
                { Machines: [var only] } => only.Definition.Read,
                { Machines: [] } none => DefinitionReader.Refuse(text, $"This {none.Kind} has no definition that can be read.{string.Concat(none.Decisions.Select(static one => " " + one))}"),
                var several => DefinitionReader.Refuse(
                    text, $"This {several.Kind} has several state machines: {string.Join(", ", several.Machines.Select(static one => one.Definition.Name))}. Write their definitions with: stepflow import FILE"),
            };
        }
        catch (TemplateException problem)
        {
            return DefinitionReader.Refuse(text, problem.Message);
        }
    }
}
