namespace StepFlow.Service.DefinitionFiles;

/// <summary>Finds the definition in a text that is a template of infrastructure. A host that knows no templates registers none.</summary>
public interface IEmbeddedDefinitions
{
    /// <summary>Finds it. Nothing but the text is read: what it names may be files of the server.</summary>
    /// <param name="text">The text, of anybody who may read.</param>
    /// <returns>The definition, with places in the text; or why the template has none or not one; null where it is no template.</returns>
    Task<ReadDefinition?> FindAsync(string text, CancellationToken cancellationToken);
}
