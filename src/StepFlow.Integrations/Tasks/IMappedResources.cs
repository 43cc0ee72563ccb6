using StepFlow.Language;

namespace StepFlow.Integrations.Tasks;

/// <summary>The Resources that are mapped in the settings.</summary>
internal interface IMappedResources
{
    /// <summary>The integration for the tasks of a Resource; null if it is not mapped.</summary>
    /// <param name="exactOnly">Whether only a setting for this very Resource counts, not one for many.</param>
    ITaskIntegration? Find(TaskResource resource, bool exactOnly);
}
