namespace StepFlow.Service.DefinitionFiles;

/// <summary>Finds the definition in an infrastructure template. A host that does not support templates registers none.</summary>
public interface IEmbeddedDefinitions
{
    /// <summary>Finds it. It reads only the text, and not the files that the text names, which could be files of the server.</summary>
    /// <param name="text">The text, from any caller with read access.</param>
    /// <returns>The definition, with positions in the text, or the reason why the template does not have exactly one. Null if the text is not a template.</returns>
    Task<ReadDefinition?> FindAsync(string text, CancellationToken cancellationToken);
}
